import fc from "fast-check";
import { expect, test } from "vitest";
import { cutByPadding, PASS_TOKENS } from "../../../src/data/labelled/cut-by-padding.ts";

/** Tokens of a cut and of its passes; infinite where a micro-batch of several rows is beyond `most`. */
function costOf(lengths: readonly number[], ends: readonly number[], most: number): number {
  return ends.reduce((sum, end, i) => {
    const rows = end - (ends[i - 1] ?? 0);
    const tokens = rows * (lengths[end - 1] as number);
    return rows > 1 && tokens > most ? Number.POSITIVE_INFINITY : sum + tokens + PASS_TOKENS;
  }, 0);
}

/** Every way to cut `rows` rows, by the bits of a number. */
function* allCuts(rows: number): Generator<number[]> {
  for (let bits = 0; bits < 2 ** (rows - 1); bits++) {
    const inner = Array.from({ length: rows - 1 }, (_, i) => i + 1);
    yield [...inner.filter((end) => (bits >> (end - 1)) & 1), rows];
  }
}

test("no other cut costs fewer tokens", () => {
  const ascending = fc
    .array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 9 })
    .map((lengths) => lengths.sort((a, b) => a - b));
  fc.assert(
    fc.property(ascending, fc.integer({ min: 1, max: 6000 }), (lengths, tokens) => {
      const costs = [...allCuts(lengths.length)].map((ends) => costOf(lengths, ends, tokens));
      const ends = cutByPadding(lengths, tokens);
      expect(costOf(lengths, ends, tokens)).toBe(Math.min(...costs));
    }),
    { numRuns: 300 },
  );
});

test("rows of one length are cut by the tokens alone, and short ones stand apart from long ones", () => {
  expect(cutByPadding(new Array(64).fill(251), 16_384)).toEqual([64]);
  expect(cutByPadding(new Array(64).fill(500), 16_384)).toHaveLength(2);
  const short = new Array(32).fill(100);
  expect(cutByPadding([...short, ...new Array(32).fill(200)], 16_384)).toEqual([32, 64]); // 3200 of padding else
  expect(cutByPadding([...short, ...new Array(32).fill(120)], 16_384)).toEqual([64]); // 640 of padding
  expect(cutByPadding([10, 5000], 1000)).toEqual([1, 2]);
  expect(cutByPadding([], 10)).toEqual([]);
});
