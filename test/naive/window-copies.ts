/** Where windows occur in a sequence, by comparing texts. */

export interface NaiveCopy {
  readonly window: number;
  readonly isReversed: boolean;
  readonly start: number;
}

const PAIRS: Readonly<Record<string, string>> = { A: "T", C: "G", G: "C", T: "A", N: "N" };

export function reverseComplementText(text: string): string {
  return [...text]
    .reverse()
    .map((base) => PAIRS[base])
    .join("");
}

/** Every place of every window in `text`, both strands, in the order of places. */
export function naiveCopies(windows: readonly string[], text: string): NaiveCopy[] {
  const found: NaiveCopy[] = [];
  for (let start = 0; start < text.length; start++) {
    for (const [window, bases] of windows.entries()) {
      if (bases.includes("N")) continue;
      if (text.startsWith(bases, start)) found.push({ window, isReversed: false, start });
      if (text.startsWith(reverseComplementText(bases), start)) {
        found.push({ window, isReversed: true, start });
      }
    }
  }
  return found;
}
