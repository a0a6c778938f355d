/**
 * MDLM: masked diffusion with the SUBS parameterisation and the continuous-time NELBO (arXiv:2406.07524,
 * equation 10), the network not told the time.
 */

import { BASE_COUNT, MASK_ID } from "../tokens/alphabet.ts";
import { corrupt } from "./corrupt.ts";
import type { NoiseSchedule } from "./noise.ts";
import type { Objective } from "./objective.ts";
import { trainingTime } from "./training-time.ts";

/** The objective under a noise schedule. */
export function mdlm(noise: NoiseSchedule): Objective {
  return {
    name: "mdlm",
    headWidth: BASE_COUNT,
    likelihood: "bound",
    corrupt: (x0, index, globalBatch, random) => {
      const t = trainingTime(random.time, index, globalBatch);
      const xt = corrupt(x0, noise.maskProbability(t), random.mask, index);
      const atMask = noise.weight(t);
      const weight = Float32Array.from(xt, (id) => (id === MASK_ID ? atMask : 0));
      return { xt, weight };
    },
  };
}
