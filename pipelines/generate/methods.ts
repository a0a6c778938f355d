/** The sampling methods as the command knows them: what each takes, its defaults, and the sampler they make. */

import type { Denoise } from "../../src/diffusion/denoise.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import type { TimeOptions } from "../../src/sampling/ancestral.ts";
import { blockShares } from "../../src/sampling/block-by-block.ts";
import type { BaseChoice } from "../../src/sampling/categorical.ts";
import { expectPrefix } from "../../src/sampling/expect-prefix.ts";
import type { Sampler, SamplerBatch, SamplerRandom } from "../../src/sampling/sampler.ts";
import type { SamplerName, Samplers } from "../../src/sampling/samplers-of.ts";
import { stridedSampler } from "../../src/sampling/strided.ts";
import { remaskingOf, remaskSettings } from "./remask-settings.ts";
import type { ChosenSample, MethodOptions } from "./sample-options.ts";

/** The options that belong to a method, with its defaults: what it was told, and what it takes by itself. */
type MethodSettings = {
  readonly [K in Exclude<keyof MethodOptions, "calls">]?: MethodOptions[K] | undefined;
};

/** A sampler that lacks the rows, their draws and the number of calls. */
export type MethodSampler = (
  denoise: Denoise,
  batch: SamplerBatch,
  calls: number,
  random: SamplerRandom,
) => Promise<Uint8Array>;

export interface Method {
  /** False where every free base has a call. */
  readonly takesCalls: boolean;
  settings(given: MethodOptions): MethodSettings;
  /**
   * Checks a row before it is filled; absent where a row is filled in anywhere, in any number of calls.
   *
   * @param ids [length] MASK where free
   * @throws {SamplingError} as the sampler would
   */
  readonly check?: (ids: Uint8Array, calls: number, model: SampledModel) => void;
  bind(samplers: Samplers, sample: ChosenSample, model: SampledModel): MethodSampler;
}

/** What a method is told of the model that it samples. */
export interface SampledModel {
  /** Bases of its windows, which `sample.stride` moves. */
  readonly window: number;
  /** Bases of its blocks; absent where it has none. */
  readonly blockLength?: number;
}

function expectBlocks({ blockLength }: SampledModel): number {
  if (blockLength === undefined)
    throw new RangeError("internal: expected a model with blocks, got none");
  return blockLength;
}

/** Ties options to the sampler that takes them. */
function method<S extends MethodSettings, Options>(
  settings: (given: MethodOptions) => S,
  samplerOf: (samplers: Samplers) => Sampler<Options> | undefined,
  optionsOf: (settings: S, choice: BaseChoice, calls: number, model: SampledModel) => Options,
): Method {
  return {
    takesCalls: true,
    settings,
    bind(samplers, sample, model) {
      const sampler = samplerOf(samplers);
      if (sampler === undefined)
        throw new RangeError(`internal: expected a method of the run, got ${sample.method}`);
      const chosen = settings(sample);
      const { temperature, topP, stride } = sample;
      const optionsFor = (calls: number): Options =>
        optionsOf(chosen, { temperature, topP }, calls, model);
      if (stride === undefined) {
        return (denoise, batch, calls, random) =>
          sampler(denoise, batch, optionsFor(calls), random);
      }
      const strided = stridedSampler(sampler);
      return (denoise, batch, calls, random) =>
        strided(denoise, batch, { window: model.window, stride, calls, optionsFor }, random);
    },
  };
}

/** A method of time steps. */
function timed(samplerOf: (samplers: Samplers) => Sampler<TimeOptions> | undefined): Method {
  return method(
    ({ noise = "loglinear" }) => ({ noise }),
    samplerOf,
    ({ noise }, choice, calls) => ({ ...choice, calls, noise: noiseSchedule(noise) }),
  );
}

/** The methods of every sampler. */
export const METHODS: Readonly<Record<SamplerName, Method>> = {
  "random-order": method(
    ({ schedule = "uniform" }) => ({ schedule }),
    (samplers) => samplers["random-order"],
    ({ schedule }, choice, calls) => ({ ...choice, calls, schedule }),
  ),
  "first-hitting": {
    ...method(
      () => ({}),
      (samplers) => samplers["first-hitting"],
      (_, choice) => choice,
    ),
    takesCalls: false,
  },
  ancestral: timed(({ ancestral }) => ancestral),
  analytic: timed(({ analytic }) => analytic),
  euler: timed(({ euler }) => euler),
  confidence: method(
    ({
      confidence = "low-confidence",
      schedule = "uniform",
      orderTemperature = 0,
      blockLength,
    }) => ({ confidence, schedule, orderTemperature, blockLength }),
    (samplers) => samplers.confidence,
    ({ blockLength, ...settings }, choice, calls) => ({
      ...choice,
      ...settings,
      calls,
      ...(blockLength === undefined ? {} : { blockLength }),
    }),
  ),
  "block-by-block": {
    ...method(
      ({ schedule = "uniform" }) => ({ schedule }),
      (samplers) => samplers["block-by-block"],
      ({ schedule }, choice, calls, model) => ({
        ...{ ...choice, calls, schedule },
        blockLength: expectBlocks(model),
      }),
    ),
    check: (ids, calls, model) => {
      blockShares(ids, { calls, blockLength: expectBlocks(model) });
    },
  },
  "left-to-right": {
    ...method(
      () => ({}),
      (samplers) => samplers["left-to-right"],
      (_, choice) => choice,
    ),
    takesCalls: false,
    check: (ids) => expectPrefix(ids),
  },
  remdm: method(
    remaskSettings,
    (samplers) => samplers.remdm,
    (settings, choice, calls) => ({ ...choice, calls, remasking: remaskingOf(settings) }),
  ),
};
