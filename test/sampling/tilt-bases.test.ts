/** Leaning bases leaves their mass as it is, and with it MASK's part. */

import { describe, expect, it } from "vitest";
import { guidedByClassifier } from "../../src/sampling/classifier-guidance.ts";
import { withGcTarget } from "../../src/sampling/gc-tilt.ts";
import { withPositionPrior } from "../../src/sampling/position-prior.ts";
import { tiltBases } from "../../src/sampling/tilt-bases.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";

const FIVE = [0.3, -1.2, 2, 0.05, 0.7];
const TILT = [1, -2, 0.5, 3];
const shares = (logits: ArrayLike<number>): number[] => {
  const odds = Array.from(logits, Math.exp);
  const total = odds.reduce((sum, value) => sum + value, 0);
  return odds.map((value) => value / total);
};
const IDS = Uint8Array.of(MASK_ID, 1, MASK_ID);
const SHAPE = { batch: 1, length: 3 };
const ROWS = [0, 1, 2].flatMap((row) => FIVE.map((logit, column) => logit + row * column * 0.1));
const denoise = async (): Promise<Float64Array> => Float64Array.from(ROWS);
/** Rows of the same without the column of MASK. */
const four = async (): Promise<Float64Array> =>
  Float64Array.from(ROWS.filter((_, i) => i % 5 !== 4));

/** Expects MASK's part of rows as it was, and the bases' parts as they are without it. */
function expectTilted(made: ArrayLike<number>, withoutMask: ArrayLike<number>): void {
  for (let row = 0; row < 3; row++) {
    const own = shares(Array.from(made).slice(5 * row, 5 * row + 5));
    const mask = shares(ROWS.slice(5 * row, 5 * row + 5))[4] as number;
    expect(own[4]).toBeCloseTo(mask, 12);
    const bases = shares(Array.from(withoutMask).slice(4 * row, 4 * row + 4));
    for (const [base, p] of bases.entries()) expect(own[base]).toBeCloseTo(p * (1 - mask), 12);
  }
}

describe("tiltBases", () => {
  it("adds to a row up to a constant, with which e^logit add up to what they did", () => {
    const before = FIVE.slice(0, 4);
    const logits = Float64Array.from([9, 9, 9, 9, ...before]);
    tiltBases(logits, 1, 4, (base) => TILT[base] as number);
    expect([...logits.subarray(0, 4)]).toEqual([9, 9, 9, 9]);
    const made = [...logits.subarray(4)];
    const leant = shares(TILT.map((tilt, i) => tilt + (before[i] as number)));
    for (const [base, share] of shares(made).entries())
      expect(share).toBeCloseTo(leant[base] as number, 12);
    const sum = (values: readonly number[]): number =>
      values.reduce((total, value) => total + Math.exp(value), 0);
    expect(sum(made)).toBeCloseTo(sum(before), 12);
  });

  it("forbids a base, and all of them, without a NaN", () => {
    for (const forbidden of [[2], [0, 1, 2, 3]]) {
      const logits = Float64Array.from(FIVE);
      tiltBases(logits, 0, 5, (base) => (forbidden.includes(base) ? -Infinity : 0));
      expect(logits.some(Number.isNaN)).toBe(false);
      expect(logits[2]).toBe(-Infinity);
      expect(logits[4]).toBe(FIVE[4]);
    }
  });
});

it("a prior over bases leaves MASK's part", async () => {
  const prior = Float64Array.from({ length: 12 }, (_, i) => Math.sin(i));
  expectTilted(
    await withPositionPrior(denoise, prior)(IDS, SHAPE),
    await withPositionPrior(four, prior)(IDS, SHAPE),
  );
});

it("a target of G and C does", async () => {
  const made = await withGcTarget(denoise, 0.2, 1)(IDS, SHAPE);
  expectTilted(made, await withGcTarget(four, 0.2, 1)(IDS, SHAPE));
  expect([...made]).not.toEqual(ROWS);
});

it("a classifier does", async () => {
  const classify = async (ids: Uint8Array): Promise<Float64Array> =>
    Float64Array.from({ length: 2 * (ids.length / 3) }, (_, i) =>
      Math.log(((i * 7) % 5) / 10 + 0.1),
    );
  const guidance = { label: 1, strength: 3 };
  expectTilted(
    await guidedByClassifier(denoise, classify, guidance)(IDS, SHAPE),
    await guidedByClassifier(four, classify, guidance)(IDS, SHAPE),
  );
});
