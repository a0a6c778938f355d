import { expect, it } from "vitest";
import { subsLogProbs } from "../../src/diffusion/subs.ts";
import { MASK_ID, N_ID } from "../../src/tokens/alphabet.ts";

const LOGITS = Float32Array.of(9, 9, 9, 9, 1, -2, 0.5, 3);

function probabilities(id: number): number[] {
  const out = new Float64Array(4);
  subsLogProbs(LOGITS, 1, id, out);
  return Array.from(out, Math.exp);
}

it("normalises the row of a masked position over the four bases, leaving nothing to MASK", () => {
  const row = probabilities(MASK_ID);
  const sum = Math.exp(1) + Math.exp(-2) + Math.exp(0.5) + Math.exp(3);
  expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
  expect(row[3]).toBeCloseTo(Math.exp(3) / sum, 12);
});

it("copies a visible base with probability one", () => {
  expect(probabilities(2)).toEqual([0, 0, 1, 0]);
});

it("predicts no base at a visible N", () => {
  expect(probabilities(N_ID)).toEqual([0, 0, 0, 0]);
});

it("does not overflow on large logits", () => {
  const out = new Float64Array(4);
  subsLogProbs(Float64Array.of(1e4, 0, -1e4, 1e4), 0, MASK_ID, out);
  expect(out[0]).toBeCloseTo(-Math.LN2, 14);
});
