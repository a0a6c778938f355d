/** Ways of masking windows, all with the bound as their expectation. */

import { countingEstimator } from "../../src/diffusion/counting-estimator.ts";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { type NoiseName, noiseSchedule } from "../../src/diffusion/noise.ts";
import { type Logits, maskedNats } from "../../src/diffusion/subs.ts";
import type { TimeSampling } from "../../src/diffusion/time-sampling.ts";
import { addressedRandom } from "../../src/random/addressed.ts";

/** A masked window. */
export interface MaskedDraw {
  /** [length] ids that the network sees */
  readonly input: Uint8Array;
  /** What it says of the bound of the window, from logits whose row `firstRow` is its first position. */
  nats(logits: Logits, firstRow: number): number;
}

export interface MaskLaw {
  readonly name: string;
  /** Draw `place` of `places` that are stratified together; `group` addresses them. */
  draw(x0: Uint8Array, group: number, place: number, places: number): MaskedDraw;
}

/** Returns the laws of training, and the one of evaluation. */
export function drawLaws(noise: NoiseName, seed: number): MaskLaw[] {
  const random = {
    stratum: addressedRandom(seed, "countStratum"),
    subset: addressedRandom(seed, "countSubset"),
  };
  return [
    bernoulli("stratified", "stratified", noise, seed),
    bernoulli("independent", "independent", noise, seed),
    bernoulli("importance, change-of-variables", "importance", noise, seed),
    {
      name: "counting",
      draw(x0, group, place, places) {
        const { input, nats } = countingEstimator.row(x0, random, group, place, places);
        const noSoftMask = new Uint8Array(x0.length);
        return { input, nats: (logits, firstRow) => nats(noSoftMask, logits, firstRow).total };
      },
    },
  ];
}

/** Bases masked each by itself, as in training. */
function bernoulli(
  name: string,
  timeSampling: TimeSampling,
  noise: NoiseName,
  seed: number,
): MaskLaw {
  const objective = mdlm(noiseSchedule(noise), { timeSampling });
  const random = {
    time: addressedRandom(seed, "trainingTime"),
    mask: addressedRandom(seed, "corruption"),
  };
  return {
    name,
    draw(x0, group, place, places) {
      const { xt, weight } = objective.corrupt(x0, group * places + place, places, random);
      return {
        input: xt,
        nats: (logits, firstRow) =>
          weight.reduce(
            (sum, w, i) =>
              w === 0 ? sum : sum + w * maskedNats(logits, firstRow + i, x0[i] as number),
            0,
          ),
      };
    },
  };
}
