/** Uniform noise against the numbers of discrete-diffusion-guidance (UDLM, D3PM) and of SEDD's steps; sedd-uniform.test.ts has its losses. */

import { describe, expect, it } from "vitest";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { uniformPosterior } from "../../src/diffusion/uniform-noise.ts";
import { denoiserScores, logRatios, ratioNats } from "../../src/diffusion/uniform-ratios.ts";
import { naiveLogSoftmax } from "../naive/softmax.ts";
import {
  baseColumns,
  type Categories,
  expectNear,
  type GoldenInputs,
  type Positions,
  readGolden,
} from "../support/golden.ts";

interface Loss {
  readonly diffusion: string;
  readonly T?: number;
  readonly sampledT: readonly number[];
  readonly diffusionLoss: Positions;
}

const guidance = readGolden<{
  inputs: Pick<GoldenInputs, "x0"> & { readonly uniform: GoldenInputs };
  losses: readonly Loss[];
  posteriors: readonly {
    readonly alphaS: number;
    readonly alphaT: number;
    readonly ofClean: Categories;
    readonly ofPrediction: Categories;
  }[];
  steps: readonly {
    readonly diffusion: string;
    readonly t: number;
    readonly dt: number;
    readonly probabilities: Categories;
  }[];
}>("discrete-diffusion-guidance");

const sedd = readGolden<{
  uniform: {
    readonly inputs: GoldenInputs;
    readonly stepsOfLaw: readonly {
      readonly sigma: number;
      readonly nextSigma: number;
      readonly analytic: Categories;
    }[];
  };
}>("sedd").uniform;

const LENGTH = 6;
const x0 = guidance.inputs.x0.flat();
const xt = guidance.inputs.uniform.xt.flat();
const outputs = baseColumns(guidance.inputs.uniform.outputs);
const uniform = guidance.losses.filter(({ diffusion }) => diffusion === "uniform");
const positions = x0.map((x, at) => ({ x, z: xt[at] as number, at, row: Math.floor(at / LENGTH) }));
const lawOf = (logits: Float64Array, at: number): Float64Array =>
  naiveLogSoftmax(logits.subarray(4 * at, 4 * at + 4), 4).map(Math.exp);
const oneBase = (x: number): Float64Array => new Float64Array(4).fill(0).fill(1, x, x + 1);

function posterior(law: Float64Array, z: number, step: { atT: number; atS: number }): Float64Array {
  const out = new Float64Array(4);
  uniformPosterior(law, z, step, out);
  return out;
}

/** Nats of a position at a share of redrawn bases, of scores or of a law of clean bases. */
function natsOf(scores: Float64Array, x: number, z: number, redrawn: number): number {
  const truth = new Float64Array(4);
  logRatios(x, z, redrawn, truth);
  return ratioNats(scores, truth);
}

describe("UDLM's loss", () => {
  // Its α is 1 − t: σ′ is 1 / (1 − t), and the share of redrawn bases t.
  const continuous = uniform.filter(({ T }) => T === undefined);

  it.each(continuous)("at times $sampledT is ours for each nat of noise", (reference) => {
    const own = positions.map(({ x, z, at, row }) => {
      const t = reference.sampledT[row] as number;
      const scores = new Float64Array(4);
      denoiserScores(outputs, at, z, t, scores);
      return natsOf(scores, x, z, t) / (1 - t);
    });
    // The reference adds and subtracts numbers of up to 1/t.
    expectNear(own, reference.diffusionLoss.flat(), 1e-9);
  });

  it("is there for three batches, with t near 0 and near 1", () => {
    expect(continuous.flatMap(({ sampledT }) => [...sampledT])).toEqual(
      expect.arrayContaining([0.001, 0.999]),
    );
  });
});

describe("the posterior", () => {
  it.each(guidance.posteriors)("from alpha $alphaT to $alphaS is the reference's", (reference) => {
    const step = { atT: 1 - reference.alphaT, atS: 1 - reference.alphaS };
    for (const { x, z, at } of positions) {
      const [clean, predicted] = [reference.ofClean.flat()[at], reference.ofPrediction.flat()[at]];
      // A probability of zero is a rounding there.
      const own = posterior(oneBase(x), z, step);
      for (const [y, p] of (clean ?? []).entries()) expect(own[y]).toBeCloseTo(p, 14);
      expectNear(posterior(lawOf(outputs, at), z, step), predicted ?? []);
    }
  });

  it.each(guidance.steps.filter(({ diffusion }) => diffusion === "uniform"))(
    "of a sampler's step from $t by $dt is the reference's",
    ({ t, dt, probabilities }) => {
      const { maskProbability } = noiseSchedule("loglinear");
      const step = { atT: maskProbability(t), atS: maskProbability(t - dt) };
      for (const { z, at } of positions) {
        const own = posterior(lawOf(outputs, at), z, step);
        expectNear(own, probabilities.flat()[at] ?? [], 1e-11);
      }
    },
  );

  it.each(sedd.stepsOfLaw)(
    "from σ $sigma to $nextSigma is SEDD's analytic step on the scores of a law",
    ({ sigma, nextSigma, analytic }) => {
      const step = { atT: -Math.expm1(-sigma), atS: -Math.expm1(-nextSigma) };
      const law = baseColumns(sedd.inputs.outputs);
      for (const [at, z] of sedd.inputs.xt.flat().entries()) {
        expectNear(posterior(lawOf(law, at), z, step), analytic.flat()[at] ?? [], 1e-11);
      }
    },
  );
});

describe("D3PM's divergence with uniform noise", () => {
  /** KL(truth ‖ guess); the reference adds 1e-12 within a logarithm, which is 4e-9 in 1000 steps. */
  const divergence = (truth: Float64Array, guess: Float64Array): number =>
    truth.reduce((sum, q, y) => sum + q * (Math.log(q + 1e-12) - Math.log(guess[y] as number)), 0);

  it.each(uniform.filter(({ T }) => T !== undefined))(
    "in $T steps at times $sampledT is that of our posteriors",
    ({ T = 0, sampledT, diffusionLoss }) => {
      const own = positions.map(({ x, z, at, row }) => {
        const grid = (Math.floor((sampledT[row] as number) * T) + 1) / T;
        const t = Math.min(grid, 1 - 1e-4); // the reference's clamp
        const step = { atT: t, atS: t - 1 / T };
        const truth = posterior(oneBase(x), z, step);
        return T * divergence(truth, posterior(lawOf(outputs, at), z, step));
      });
      expectNear(own, diffusionLoss.flat(), 1e-9);
    },
  );
});
