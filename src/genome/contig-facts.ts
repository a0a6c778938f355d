/**
 * What a contig is, whatever its name, case and line length: the MD5 of its upper-case letters with IUPAC codes as
 * they are (M5 of the SAM specification, section 1.3.2), and how many there are of which. One pass, constant memory.
 */

import { LetterTally } from "./letter-tally.ts";

export interface ContigFacts {
  readonly name: string;
  /** Bases. */
  readonly length: number;
  /** MD5 of the upper-case letters, 32 hex digits. */
  readonly md5: string;
  /** Letters of both cases; `iupac` is every code but A, C, G, T and N. */
  readonly counts: LetterCounts;
  /** Letters in lower case. */
  readonly softMasked: number;
}

export const COUNTED = ["A", "C", "G", "T", "N", "iupac"] as const;
export type LetterCounts = Readonly<Record<(typeof COUNTED)[number], number>>;

/** What the pass needs of a hash; node-md5.ts has Node's. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** Lower-case hex digits of all that was given; called once. */
  hex(): string;
}

/** The facts of contigs, one after the other, each from its letters in any pieces. */
export class ContigTally {
  readonly #newMd5: () => Digest;
  readonly #tally = new LetterTally();
  #md5: Digest;
  #upper: Uint8Array = new Uint8Array(0);
  #length = 0;

  constructor(newMd5: () => Digest) {
    this.#newMd5 = newMd5;
    this.#md5 = newMd5();
  }

  /** Takes the next letters: nucleotide codes of either case, as the file has them. */
  add(letters: Uint8Array): void {
    if (this.#upper.length < letters.length) this.#upper = new Uint8Array(letters.length);
    this.#tally.add(letters, this.#upper);
    this.#md5.update(this.#upper.subarray(0, letters.length));
    this.#length += letters.length;
  }

  /** The facts of the letters since the last call, as a contig of this name. */
  facts(name: string): ContigFacts {
    const tally = this.#tally.take();
    const of = (codes: string): number =>
      [...codes].reduce((sum, code) => sum + (tally[code.charCodeAt(0)] as number), 0);
    const length = this.#length;
    const [A, C, G, T, N] = [of("Aa"), of("Cc"), of("Gg"), of("Tt"), of("Nn")];
    const facts = {
      name,
      length,
      md5: this.#md5.hex(),
      counts: { A, C, G, T, N, iupac: length - (A + C + G + T + N) },
      softMasked: tally.subarray(0x61, 0x7b).reduce((sum, count) => sum + count, 0),
    };
    this.#md5 = this.#newMd5();
    this.#length = 0;
    return facts;
  }
}

/** The facts of several contigs as of one, without name and MD5. */
export function totalFacts(contigs: readonly ContigFacts[]): Omit<ContigFacts, "name" | "md5"> {
  const counts = { A: 0, C: 0, G: 0, T: 0, N: 0, iupac: 0 };
  let [length, softMasked] = [0, 0];
  for (const contig of contigs) {
    length += contig.length;
    softMasked += contig.softMasked;
    for (const letter of COUNTED) counts[letter] += contig.counts[letter];
  }
  return { length, counts, softMasked };
}

/** Share of G and C among A, C, G and T; undefined where there is none of them. */
export function gcShare({ A, C, G, T }: LetterCounts): number | undefined {
  const bases = A + C + G + T;
  return bases === 0 ? undefined : (G + C) / bases;
}
