/** Which samplers belong to an objective. */

import type { Objective } from "../diffusion/objective.ts";
import { ancestralSampler } from "./ancestral.ts";
import { randomOrderSampler } from "./random-order.ts";
import type { Sampler } from "./sampler.ts";

export const SAMPLER_NAMES = ["random-order", "ancestral"] as const;

export type SamplerName = (typeof SAMPLER_NAMES)[number];

/** Returns the samplers of an objective by name, its default first. */
export function samplersOf(objective: Objective["name"]): Readonly<Record<SamplerName, Sampler>> {
  switch (objective) {
    case "mdlm":
    case "mlm": // predicts masked bases too, of windows with few of them
      return { "random-order": randomOrderSampler, ancestral: ancestralSampler };
    default:
      return objective satisfies never;
  }
}
