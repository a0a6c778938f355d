/** Which samplers belong to an objective. */

import type { ObjectiveName } from "../diffusion/objective.ts";
import { analyticGain, analyticSampler } from "./analytic.ts";
import { ancestralSampler, type TimeOptions } from "./ancestral.ts";
import { type BlockByBlockOptions, blockByBlockSampler } from "./block-by-block.ts";
import type { BaseChoice } from "./categorical.ts";
import { type ConfidenceOptions, confidenceOrderSampler } from "./confidence-order.ts";
import { eulerGain, eulerSampler } from "./euler.ts";
import { firstHittingSampler } from "./first-hitting.ts";
import { leftToRightSampler } from "./left-to-right.ts";
import { posteriorSampler } from "./posterior-score.ts";
import { type RandomOrderOptions, randomOrderSampler } from "./random-order.ts";
import { type RemdmOptions, remdmSampler } from "./remdm.ts";
import type { Sampler } from "./sampler.ts";
import { scaledScore, scoreSampler } from "./score-form.ts";
import { uniformSampler } from "./uniform-sampler.ts";
import { cleanLogits, eulerStep, lawOfRatios, posteriorStep } from "./uniform-steps.ts";

/** Every sampler, with options of its own type. */
interface AllSamplers {
  readonly "random-order": Sampler<RandomOrderOptions>;
  readonly "first-hitting": Sampler<BaseChoice>;
  readonly ancestral: Sampler<TimeOptions>;
  readonly analytic: Sampler<TimeOptions>;
  readonly euler: Sampler<TimeOptions>;
  readonly confidence: Sampler<ConfidenceOptions>;
  readonly remdm: Sampler<RemdmOptions>;
  readonly "block-by-block": Sampler<BlockByBlockOptions>;
  readonly "left-to-right": Sampler<BaseChoice>;
}

export type SamplerName = keyof AllSamplers;

/** Those of an objective by name, its default first. */
export type Samplers = Partial<AllSamplers>;

/** Those of a network that predicts masked bases. */
export type MaskedSamplers = Omit<AllSamplers, "block-by-block" | "left-to-right">;

const MASKED: MaskedSamplers = {
  "random-order": randomOrderSampler,
  "first-hitting": firstHittingSampler,
  ancestral: ancestralSampler,
  analytic: analyticSampler,
  euler: eulerSampler,
  confidence: confidenceOrderSampler,
  remdm: remdmSampler,
};

interface SamplersOfObjective {
  readonly mdlm: MaskedSamplers;
  /** Its scores need not add up as those of a denoiser do. */
  readonly sedd: Pick<AllSamplers, "analytic" | "euler">;
  readonly "sedd-uniform": Pick<AllSamplers, "analytic" | "euler">;
  readonly udlm: Pick<AllSamplers, "ancestral">;
  /** A position may stay masked more often than the noise says, where its prediction has a part of MASK. */
  readonly d3pm: Pick<AllSamplers, "ancestral">;
  /** It predicts masked bases too, of windows with few of them. */
  readonly mlm: MaskedSamplers;
  readonly bd3: Pick<AllSamplers, "block-by-block">;
  readonly ar: Pick<AllSamplers, "left-to-right">;
}

const OF_OBJECTIVE: SamplersOfObjective = {
  mdlm: MASKED,
  sedd: {
    analytic: scoreSampler(analyticGain, scaledScore),
    euler: scoreSampler(eulerGain, scaledScore),
  },
  "sedd-uniform": {
    analytic: uniformSampler(lawOfRatios, posteriorStep),
    euler: uniformSampler(lawOfRatios, eulerStep),
  },
  udlm: { ancestral: uniformSampler(cleanLogits, posteriorStep) },
  d3pm: { ancestral: posteriorSampler },
  mlm: MASKED,
  bd3: { "block-by-block": blockByBlockSampler },
  ar: { "left-to-right": leftToRightSampler },
};

export const SAMPLER_NAMES: readonly SamplerName[] = [
  ...new Set(Object.values(OF_OBJECTIVE).flatMap((samplers) => Object.keys(samplers))),
] as SamplerName[];

/** Returns the samplers of an objective. */
export function samplersOf<Name extends ObjectiveName>(objective: Name): SamplersOfObjective[Name] {
  return OF_OBJECTIVE[objective];
}

/** The sampler that an objective's models are sampled with where none is asked for. */
export function defaultSampler(objective: ObjectiveName): SamplerName {
  return Object.keys(samplersOf(objective))[0] as SamplerName;
}
