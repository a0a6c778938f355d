/** The draws of a seed, as every sampler takes them. */

import { addressedRandom } from "../random/addressed.ts";
import type { SamplerRandom } from "./sampler.ts";

export function samplerRandom(seed: number): SamplerRandom {
  return {
    order: addressedRandom(seed, "samplerOrder"),
    token: addressedRandom(seed, "samplerToken"),
  };
}
