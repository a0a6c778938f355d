/** The divergence of D3PM's posteriors against their definition, its limits, and the numbers of mdlm. */

import { describe, expect, it } from "vitest";
import {
  maskNats,
  posteriorNats,
  posteriorPrediction,
  stepTerms,
} from "../../src/diffusion/discrete-posterior.ts";
import { maskedNats } from "../../src/diffusion/subs.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { MASK, stepDivergence } from "../naive/absorbing-chain.ts";
import {
  type Categories,
  expectNear,
  type GoldenInputs,
  goldenIds,
  type Positions,
  readGolden,
} from "../support/golden.ts";

const OUTPUTS = [
  Float64Array.of(0.3, -1.2, 2, 0.05, 0.7),
  Float64Array.of(-0.4, 0.9, 0.1, -2, 5), // nearly all is MASK's
  Float64Array.of(1, 1.5, -0.2, 0.3, -9), // next to nothing is
];
const lawOf = (outputs: Float64Array): number[] => {
  const total = outputs.reduce((sum, o) => sum + Math.exp(o), 0);
  return Array.from(outputs, (o) => Math.exp(o) / total);
};
const stepsOf = (steps: number): number[] => [
  ...new Set([1, 2, Math.ceil(steps / 3), steps - 1, steps].filter((i) => i >= 1 && i <= steps)),
];

describe.each([1, 2, 10, 1000])("in %i steps", (steps) => {
  it.each(stepsOf(steps))("T times the divergence of step %i is that of its definition", (step) => {
    const terms = stepTerms(step, steps);
    for (const outputs of OUTPUTS) {
      for (let x = 0; x < 4; x++) {
        const own = posteriorNats(terms, posteriorPrediction(outputs, 0, x));
        const direct = steps * stepDivergence(lawOf(outputs), x, MASK, step, steps);
        expect(Math.abs(own - direct)).toBeLessThan(1e-9 * (1 + direct));
      }
    }
  });

  it("a visible base costs nothing, whatever is predicted", () => {
    for (const step of stepsOf(steps).slice(0, -1))
      for (const outputs of OUTPUTS)
        expect(Math.abs(stepDivergence(lawOf(outputs), 2, 2, step, steps))).toBeLessThan(1e-12);
  });

  it("without a part of MASK it is the cross-entropy over t", () => {
    const outputs = Float64Array.of(0.3, -1.2, 2, 0.05, -Infinity);
    for (const step of stepsOf(steps)) {
      const own = posteriorNats(stepTerms(step, steps), posteriorPrediction(outputs, 0, 1));
      expect(own).toBeCloseTo(maskedNats(outputs, 0, 1) / (step / steps), 9);
    }
  });

  it("is a number at every step for every part of MASK", () => {
    for (let step = 1; step <= steps; step++)
      for (const m of [0, 1e-300, 0.5, 1 - 1e-15, 1])
        expect(Number.isFinite(maskNats(stepTerms(step, steps), m))).toBe(true);
  });
});

it("tends to the loss of continuous time", () => {
  const t = 0.4;
  const outputs = OUTPUTS[0] as Float64Array;
  const m = lawOf(outputs)[MASK] as number;
  // The derivative of ln(t + (1 − t) m) − ln t, from what the divergence is to first order in 1/T.
  const mask = Math.log1p(((1 - t) * m) / t) - m / (t + (1 - t) * m);
  const limit = (posteriorPrediction(outputs, 0, 0).ownNats + mask) / t;
  const errors = [100, 1000, 10_000].map((steps) => {
    const terms = stepTerms(t * steps, steps);
    return Math.abs(posteriorNats(terms, posteriorPrediction(outputs, 0, 0)) - limit);
  });
  for (const [i, steps] of [100, 1000, 10_000].entries())
    expect(errors[i]).toBeLessThan(20 / steps);
});

interface Loss {
  readonly parameterization?: string;
  readonly subs_masking?: boolean;
  readonly T?: number;
  readonly sampledT: readonly number[];
  readonly diffusionLoss: Positions;
  readonly reconstructionLoss: Positions;
}

describe("the numbers of mdlm", () => {
  const { inputs, losses } = readGolden<{
    inputs: GoldenInputs & { readonly outputsOfClean: Categories };
    losses: readonly Loss[];
  }>("mdlm");
  const [x0, xt] = [goldenIds(inputs.x0), goldenIds(inputs.xt)];
  const LENGTH = 6;
  const fiveColumns = (outputs: Categories, hasMask: boolean): Float64Array =>
    Float64Array.from(
      outputs.flat().flatMap((row) => (hasMask ? row : [...row.slice(0, 4), -Infinity])),
    );
  const references = losses.filter(({ parameterization }) => parameterization === "d3pm");

  it("are there for four numbers of steps", () => {
    expect(new Set(references.map(({ T }) => T))).toEqual(new Set([2, 4, 10, 1000]));
  });

  it.each(references)("T = $T, without MASK: $subs_masking, times $sampledT", (reference) => {
    const { T: steps = 0, sampledT, subs_masking = false } = reference;
    const outputs = fiveColumns(inputs.outputs, !subs_masking);
    for (const [row, u] of sampledT.entries()) {
      const step = Math.floor(u * steps) + 1;
      const own = Array.from({ length: LENGTH }, (_, i) => {
        const at = row * LENGTH + i;
        if (xt[at] !== MASK_ID) return 0;
        const prediction = posteriorPrediction(outputs, at, x0[at] as number);
        return posteriorNats(stepTerms(step, steps), prediction);
      });
      const expected = reference.diffusionLoss[row] as readonly number[];
      // Its first step is NaN (0 · ∞); at its last it takes t = 1 − 1e-4 for 1, which T makes more of.
      if (step === 1) {
        expect(expected.every(Number.isNaN)).toBe(true);
        expect(own.every(Number.isFinite)).toBe(true);
      } else expectNear(own, expected, step === steps ? 1e-3 : 1e-9);
    }
  });

  it.each(references)("reconstruction, without MASK: $subs_masking", (reference) => {
    const outputs = fiveColumns(inputs.outputsOfClean, !(reference.subs_masking ?? false));
    const own = Array.from(x0, (base, at) => posteriorPrediction(outputs, at, base).ownNats);
    expectNear(own, reference.reconstructionLoss.flat(), 1e-9);
  });
});
