/** Guidance by a class against discrete-diffusion-guidance's. */

import { describe, it } from "vitest";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { subsLogProbs } from "../../src/diffusion/subs.ts";
import { guidedDenoise } from "../../src/sampling/guidance.ts";
import { multiply } from "../../src/sampling/uniform-sampler.ts";
import { posteriorStep } from "../../src/sampling/uniform-steps.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import {
  baseColumns,
  type Categories,
  expectNear,
  GOLDEN_MASK,
  type GoldenInputs,
  goldenIds,
  readGolden,
} from "../support/golden.ts";

const reference = readGolden<{
  inputs: Pick<GoldenInputs, "x0"> & {
    readonly absorbing_state: GoldenInputs;
    readonly uniform: GoldenInputs;
  };
  guided: readonly {
    readonly diffusion: string;
    readonly t: number;
    readonly dt: number;
    readonly untold: Categories;
    readonly strengths: readonly { readonly gamma: number; readonly probabilities: Categories }[];
  }[];
}>("discrete-diffusion-guidance");

const guided = (name: "absorbing_state" | "uniform") => {
  const made = reference.guided.find(({ diffusion }) => diffusion === name);
  if (made === undefined) throw new Error(`the numbers have no ${name}`);
  return made;
};

describe("under absorbing noise", () => {
  const { xt, outputs } = reference.inputs.absorbing_state;
  const { t, dt, untold, strengths } = guided("absorbing_state");

  it.each(strengths)("a step of strength $gamma has the reference's law", async (strength) => {
    const [batch, length] = [xt.length, xt[0]?.length ?? 0];
    const ids = goldenIds(xt);
    const denoise = guidedDenoise(
      async (_, { labels }) => baseColumns(labels === undefined ? untold : outputs),
      strength.gamma,
    );
    const logits = await denoise(ids, { batch, length, labels: [0, 1, 0] });
    const { maskProbability } = noiseSchedule("loglinear");
    const revealed = 1 - maskProbability(t - dt) / maskProbability(t);
    const own = new Float64Array(4);
    for (const [position, law] of strength.probabilities.flat().entries()) {
      if (ids[position] !== MASK_ID) continue;
      subsLogProbs(logits, position, MASK_ID, own);
      expectNear(
        own.map((logProb) => Math.exp(logProb) * revealed),
        law.slice(0, GOLDEN_MASK),
        1e-11,
      );
    }
  });
});

describe("under uniform noise", () => {
  const { xt, outputs } = reference.inputs.uniform;
  const { t, dt, untold, strengths } = guided("uniform");
  const posterior = (logits: Float64Array, at: number, z: number): Float64Array => {
    const shares = logits.subarray(4 * at, 4 * at + 4).map(Math.exp);
    const total = shares.reduce((sum, share) => sum + share, 0);
    const law = shares.map((share) => share / total);
    const after = new Float64Array(4);
    posteriorStep(law, z, noiseSchedule("loglinear"), { call: 0, t, s: t - dt }, after);
    return after;
  };

  it.each(strengths)("a step of strength $gamma has the reference's law", (strength) => {
    for (const [at, z] of xt.flat().entries()) {
      const product = new Float64Array(4);
      multiply(product, posterior(baseColumns(outputs), at, z), strength.gamma);
      multiply(product, posterior(baseColumns(untold), at, z), 1 - strength.gamma);
      const weights = product.map(Math.exp);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      expectNear(
        weights.map((weight) => weight / total),
        strength.probabilities.flat()[at] ?? [],
        1e-10,
      );
    }
  });
});
