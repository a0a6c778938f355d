/** Every sampler in every variant, with a number of calls, as one kind of function. */

import type { Denoise } from "../../../src/diffusion/denoise.ts";
import { noiseSchedule } from "../../../src/diffusion/noise.ts";
import type { BaseChoice } from "../../../src/sampling/categorical.ts";
import { CONFIDENCES } from "../../../src/sampling/confidence.ts";
import type { Remasking } from "../../../src/sampling/remasking.ts";
import { REVEAL_SCHEDULES } from "../../../src/sampling/reveal-schedule.ts";
import type { Sampler, SamplerBatch, SamplerRandom } from "../../../src/sampling/sampler.ts";
import { type MaskedSamplers, samplersOf } from "../../../src/sampling/samplers-of.ts";
import { stridedSampler } from "../../../src/sampling/strided.ts";
import { MASK_ID } from "../../../src/tokens/alphabet.ts";

export { samplerRandom } from "../../../src/sampling/sampler-random.ts";

export type BoundSampler = (
  denoise: Denoise,
  batch: SamplerBatch,
  random: SamplerRandom,
) => Promise<Uint8Array>;

const PLAIN: BaseChoice = { temperature: 1, topP: 1 };

export const samplers: MaskedSamplers = samplersOf("mdlm");

/** A sampler with its options. */
export function bind<Options>(sampler: Sampler<Options>, options: Options): BoundSampler {
  return (denoise, batch, random) => sampler(denoise, batch, options, random);
}

/** One of each kind. */
export const REMASKINGS: readonly Remasking[] = [
  { kind: "cap", eta: 0.02 },
  { kind: "rescale", eta: 0.05 },
  { kind: "loop", eta: 0.05, from: 0.55, to: 0.05, alpha: 0.9 },
  { kind: "conf" },
  { kind: "forward-backward" },
  { kind: "dfm" },
];

/** Names of the variants that `boundSamplers` returns. */
export const VARIANTS: readonly string[] = Object.keys(boundSamplers(8));

/** The variants for rows of about 12 bases: blocks of 4, windows of 6 and strides of 3. */
export function boundSamplers(
  calls: number,
  choice: BaseChoice = PLAIN,
): Record<string, BoundSampler> {
  const noise = noiseSchedule("loglinear");
  const timed = { ...choice, calls, noise };
  const ordered = { ...choice, calls, schedule: "uniform" as const };
  const sure = { ...ordered, orderTemperature: 0 };
  const bound: Record<string, BoundSampler> = {
    "first-hitting": bind(samplers["first-hitting"], choice),
    ancestral: bind(samplers.ancestral, timed),
    "ancestral, cosine": bind(samplers.ancestral, { ...timed, noise: noiseSchedule("cosine") }),
    analytic: bind(samplers.analytic, timed),
    euler: bind(samplers.euler, timed),
    "confidence in blocks": bind(samplers.confidence, {
      ...sure,
      confidence: "max-probability",
      blockLength: 4,
    }),
    "confidence, order drawn": bind(samplers.confidence, {
      ...sure,
      confidence: "margin",
      orderTemperature: 0.5,
    }),
    strided: bind(stridedSampler(samplers["random-order"]), {
      ...{ window: 6, stride: 3, calls },
      optionsFor: (share) => ({ ...ordered, calls: share }),
    }),
  };
  for (const schedule of REVEAL_SCHEDULES)
    bound[`random-order, ${schedule}`] = bind(samplers["random-order"], { ...ordered, schedule });
  for (const confidence of CONFIDENCES)
    bound[confidence] = bind(samplers.confidence, { ...sure, confidence });
  for (const remasking of REMASKINGS)
    bound[`remdm, ${remasking.kind}`] = bind(samplers.remdm, { ...choice, calls, remasking });
  return bound;
}

/** Rows of `length` masked positions; `first` is the number of the first sample. */
export function maskedBatch(batch: number, length: number, first = 0): SamplerBatch {
  const samples = Array.from({ length: batch }, (_, i) => first + i);
  return { batch, length, ids: new Uint8Array(batch * length).fill(MASK_ID), samples };
}
