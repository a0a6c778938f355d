/** D3PM's ancestral step against the probabilities that mdlm's code draws from. */

import { expect, it } from "vitest";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { analyticGain } from "../../src/sampling/analytic.ts";
import { posteriorScore } from "../../src/sampling/posterior-score.ts";
import { transition } from "../../src/sampling/score-form.ts";
import {
  type Categories,
  expectNear,
  GOLDEN_MASK,
  type GoldenInputs,
  readGolden,
} from "../support/golden.ts";

const { inputs, steps } = readGolden<{
  inputs: GoldenInputs;
  steps: readonly {
    readonly parameterization: string;
    readonly t: number;
    readonly dt: number;
    readonly ddpm: Categories;
  }[];
}>("mdlm");

const outputs = Float64Array.from(inputs.outputs.flat(2));
const MASKED = inputs.xt.flat().flatMap((id, at) => (id === GOLDEN_MASK ? [at] : []));

it.each(steps.filter(({ parameterization }) => parameterization === "d3pm"))(
  "from $t by $dt the reference's weights, with MASK's part of the prediction added, are our step",
  ({ t, dt, ddpm }) => {
    const noise = noiseSchedule("loglinear");
    const stays = noise.maskProbability(t - dt);
    const score = new Float64Array(5);
    for (const at of MASKED) {
      const logits = outputs.subarray(at * 5, at * 5 + 5);
      const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
      const weights = [...(ddpm.flat()[at] ?? [])];
      expect(weights[GOLDEN_MASK]).toBeCloseTo(stays, 12); // whatever is predicted
      weights[GOLDEN_MASK] =
        stays + ((1 - stays) * Math.exp(logits[GOLDEN_MASK] as number)) / total;
      const sum = weights.reduce((a, b) => a + b, 0);
      posteriorScore(outputs, at, noise.sigma(t), score);
      const own = transition(score, analyticGain(noise, { call: 0, t, s: t - dt }));
      expectNear(
        own,
        weights.map((weight) => weight / sum),
        1e-11,
      );
    }
  },
);
