/** Which samplers belong to an objective. */

import type { Objective } from "../diffusion/objective.ts";
import { analyticSampler } from "./analytic.ts";
import { ancestralSampler, type TimeOptions } from "./ancestral.ts";
import type { BaseChoice } from "./categorical.ts";
import { type ConfidenceOptions, confidenceOrderSampler } from "./confidence-order.ts";
import { eulerSampler } from "./euler.ts";
import { firstHittingSampler } from "./first-hitting.ts";
import { type RandomOrderOptions, randomOrderSampler } from "./random-order.ts";
import { type RemdmOptions, remdmSampler } from "./remdm.ts";
import type { Sampler } from "./sampler.ts";

/** Samplers by name, each with options of its own type; the default first. */
export interface Samplers {
  readonly "random-order": Sampler<RandomOrderOptions>;
  readonly "first-hitting": Sampler<BaseChoice>;
  readonly ancestral: Sampler<TimeOptions>;
  readonly analytic: Sampler<TimeOptions>;
  readonly euler: Sampler<TimeOptions>;
  readonly confidence: Sampler<ConfidenceOptions>;
  readonly remdm: Sampler<RemdmOptions>;
}

export type SamplerName = keyof Samplers;

const MASKED_DIFFUSION: Samplers = {
  "random-order": randomOrderSampler,
  "first-hitting": firstHittingSampler,
  ancestral: ancestralSampler,
  analytic: analyticSampler,
  euler: eulerSampler,
  confidence: confidenceOrderSampler,
  remdm: remdmSampler,
};

export const SAMPLER_NAMES: readonly SamplerName[] = Object.keys(MASKED_DIFFUSION) as SamplerName[];

/** Returns the samplers of an objective. */
export function samplersOf(objective: Objective["name"]): Samplers {
  switch (objective) {
    case "mdlm":
    case "mlm": // predicts masked bases too, of windows with few of them
      return MASKED_DIFFUSION;
    default:
      return objective satisfies never;
  }
}
