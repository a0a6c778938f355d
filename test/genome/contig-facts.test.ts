import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  type ContigFacts,
  ContigTally,
  gcShare,
  totalFacts,
} from "../../src/genome/contig-facts.ts";
import { newMd5 } from "../../src/genome/node-md5.ts";
import { bytesOf, dice, pieces, randomLetters } from "./fixtures.ts";

function factsOf(
  letters: string,
  pieceLength: number,
  tally = new ContigTally(newMd5),
): ContigFacts {
  for (const piece of pieces(bytesOf(letters), pieceLength)) tally.add(piece);
  return tally.facts("x");
}

/** By the definitions, a letter at a time. */
function naiveFacts(letters: string): ContigFacts {
  const count = (set: string): number => [...letters].filter((one) => set.includes(one)).length;
  return {
    name: "x",
    length: letters.length,
    md5: createHash("md5").update(letters.toUpperCase()).digest("hex"),
    counts: {
      A: count("Aa"),
      C: count("Cc"),
      G: count("Gg"),
      T: count("Tt"),
      N: count("Nn"),
      iupac: count("RYSWKMBDHVryswkmbdhv"),
    },
    softMasked: [...letters].filter((one) => one === one.toLowerCase()).length,
  };
}

test("counts every letter of both cases, in pieces of any length", () => {
  const roll = dice(3);
  const letters = randomLetters(5003, "ACGTNRYSWKMBDHVacgtnryswkmbdhv", roll);
  for (const length of [1, 2, 3, 4, 5, 7, 64, 1000, 5003]) {
    expect(factsOf(letters, length), `pieces of ${length}`).toEqual(naiveFacts(letters));
  }
});

test("counts long pieces as short ones, aligned or not, one contig after another", () => {
  const letters = randomLetters(200_003, "ACGTNRYSWKMBDHVacgtnryswkmbdhv", dice(4));
  const expected = naiveFacts(letters);
  const tally = new ContigTally(newMd5);
  for (const length of [200_003, 70_001, 65_536, 65_535, 1000])
    expect(factsOf(letters, length, tally), `pieces of ${length}`).toEqual(expected);
  for (const offset of [1, 2, 3, 4]) {
    const moved = new Uint8Array(offset + letters.length);
    moved.set(bytesOf(letters), offset);
    tally.add(moved.subarray(offset));
    expect(tally.facts("x"), `at byte ${offset}`).toEqual(expected);
  }
  expect(factsOf("", 1, tally).counts.A).toBe(0);
});

test("the MD5 does not know case, but IUPAC codes", () => {
  expect(factsOf("acgtr", 2).md5).toBe(factsOf("ACGTR", 5).md5);
  expect(factsOf("ACGTR", 5).md5).not.toBe(factsOf("ACGTN", 5).md5);
});

test("a contig without bases has the MD5 of nothing", () => {
  expect(factsOf("", 1)).toEqual(naiveFacts(""));
  expect(gcShare(factsOf("", 1).counts)).toBeUndefined();
});

test("shares and totals are over all contigs", () => {
  const [a, b] = [factsOf("ACGGn", 5), factsOf("RTTT", 4)];
  expect(gcShare(a.counts)).toBe(3 / 4);
  const total = totalFacts([a, b]);
  expect(total).toEqual({
    length: 9,
    counts: { A: 1, C: 1, G: 2, T: 3, N: 1, iupac: 1 },
    softMasked: 1,
  });
  expect(gcShare(total.counts)).toBe(3 / 7);
});
