/** Guidance by a class against discrete-diffusion-guidance's, for absorbing noise. */

import { it } from "vitest";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { subsLogProbs } from "../../src/diffusion/subs.ts";
import { guidedDenoise } from "../../src/sampling/guidance.ts";
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
  inputs: Pick<GoldenInputs, "x0"> & { readonly absorbing_state: GoldenInputs };
  guided: readonly {
    readonly diffusion: string;
    readonly t: number;
    readonly dt: number;
    readonly untold: Categories;
    readonly strengths: readonly { readonly gamma: number; readonly probabilities: Categories }[];
  }[];
}>("discrete-diffusion-guidance");

const { xt, outputs } = reference.inputs.absorbing_state;
const absorbing = reference.guided.find(({ diffusion }) => diffusion === "absorbing_state");
if (absorbing === undefined) throw new Error("the numbers have no absorbing noise");
const { t, dt, untold, strengths } = absorbing;

it.each(strengths)("a step of strength $gamma has the reference's law", async (strength) => {
  const [batch, length] = [xt.length, xt[0]?.length ?? 0];
  const ids = goldenIds(xt);
  const guided = guidedDenoise(
    async (_, { labels }) => baseColumns(labels === undefined ? untold : outputs),
    strength.gamma,
  );
  const logits = await guided(ids, { batch, length, labels: [0, 1, 0] });
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
