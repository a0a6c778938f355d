import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { windowHashes } from "../../../src/data/audit/window-hashes.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";
import { type NaiveCopy, naiveCopies } from "../../naive/window-copies.ts";

function idsOf(text: string): Uint8Array {
  return encodeBases(new TextEncoder().encode(text)).ids;
}

/** Few bases in few orders, so that copies are frequent. */
const dna = (letters: string, size: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...letters), { maxLength: size }).map((bases) => bases.join(""));

const order = (a: NaiveCopy, b: NaiveCopy): number =>
  a.start - b.start || a.window - b.window || Number(a.isReversed) - Number(b.isReversed);

describe("windowHashes", () => {
  it("finds every place of every window on both strands, however the sequence comes in pieces", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        dna("ACGT", 60),
        dna("ACGTACGTN", 120),
        fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 6 }),
        (length, windowText, text, cuts) => {
          const windows = Array.from({ length: Math.floor(windowText.length / length) }, (_, i) =>
            windowText.slice(i * length, (i + 1) * length),
          );
          const hashes = windowHashes(length, windows.length);
          for (const window of windows) hashes.add(idsOf(window));
          const found: NaiveCopy[] = [];
          const scan = hashes.scan((entry, end) => {
            found.push({ window: entry >> 1, isReversed: (entry & 1) === 1, start: end - length });
            return false;
          });
          let at = 0;
          for (const cut of [...cuts, text.length]) {
            scan.add(idsOf(text.slice(at, at + cut)));
            at += cut;
          }
          expect(found.sort(order)).toEqual(naiveCopies(windows, text).sort(order));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("takes out what has been found, and leaves others of the same bases", () => {
    const hashes = windowHashes(4, 3);
    for (const text of ["AACC", "AACC", "ACAC"]) hashes.add(idsOf(text));
    const found: number[] = [];
    const scan = hashes.scan((entry) => {
      found.push(entry);
      return entry !== 0;
    });
    scan.add(idsOf("AACCNAACCNACACNACAC"));
    expect(found.sort()).toEqual([0, 0, 2, 4]);
  });

  it("finds long windows in a long sequence, and nothing else", () => {
    let state = 1;
    const bases = Array.from({ length: 60_000 }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return "ACGT"[state >>> 30] as string;
    }).join("");
    const length = 1024;
    const hashes = windowHashes(length, 8);
    const starts = [0, 1, 5000, 58_976];
    for (const start of starts) hashes.add(idsOf(bases.slice(start, start + length)));
    const found: [number, number][] = [];
    const scan = hashes.scan((entry, end) => {
      found.push([entry, end - length]);
      return false;
    });
    for (let at = 0; at < bases.length; at += 700) scan.add(idsOf(bases.slice(at, at + 700)));
    expect(found).toEqual(starts.map((start, i) => [2 * i, start]));
    expect(hashes.windows).toBe(4);
  });

  it.each([["ACG"], ["ACGTA"], ["ACNT"]])("refuses %s as a window of four bases", (text) => {
    expect(() => windowHashes(4, 2).add(idsOf(text))).toThrow(RangeError);
  });

  it("refuses more windows than it has room for", () => {
    const hashes = windowHashes(2, 1);
    hashes.add(idsOf("AC"));
    expect(() => hashes.add(idsOf("AC"))).toThrow(RangeError);
  });
});
