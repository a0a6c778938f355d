/** How sequences are sampled, as flags and YAML say it. What belongs to some methods only is absent unless given. */

import type { OptionTable } from "../../src/config/option-table.ts";
import {
  choice,
  decay,
  fraction,
  nonNegativeNumber,
  positiveInteger,
} from "../../src/config/value-types.ts";
import { NOISE_NAMES, type NoiseName } from "../../src/diffusion/noise.ts";
import { CONFIDENCES, type Confidence } from "../../src/sampling/confidence.ts";
import { REMASKING_KINDS, type RemaskingKind } from "../../src/sampling/remasking.ts";
import { REVEAL_SCHEDULES, type RevealSchedule } from "../../src/sampling/reveal-schedule.ts";
import { SAMPLER_NAMES, type SamplerName } from "../../src/sampling/samplers-of.ts";

export interface SampleConfig extends MethodOptions {
  /** Sequences; with a prompt, sequences a record. */
  readonly count: number;
  /** Bases; absent is the window that the model was trained on. */
  readonly length?: number;
  /** Absent is the default of the run's objective. */
  readonly method?: SamplerName;
  /** Divides the logits. */
  readonly temperature: number;
  /** Nucleus. */
  readonly topP: number;
  /** Bases by which the model's window moves along a longer sequence; absent is one window of the sequence's length. */
  readonly stride?: number;
  /** Sequences in one forward pass. */
  readonly batchSize: number;
}

/** With the method that is taken. */
export interface ChosenSample extends SampleConfig {
  readonly method: SamplerName;
}

/** What only some methods take; a method's own defaults are in methods.ts. */
export interface MethodOptions {
  /** Network evaluations a sequence; absent is what defaultCalls says. */
  readonly calls?: number;
  readonly schedule?: RevealSchedule;
  readonly noise?: NoiseName;
  readonly confidence?: Confidence;
  readonly orderTemperature?: number;
  /** Bases. */
  readonly blockLength?: number;
  readonly remask?: RemaskingKind;
  readonly eta?: number;
  readonly loopFrom?: number;
  readonly loopTo?: number;
  readonly loopAlpha?: number;
}

export const methodOptions: OptionTable<MethodOptions> = {
  calls: {
    type: positiveInteger(2 ** 20),
    default: undefined,
    flag: "--calls",
    help: "network evaluations a sequence; without it one for 4 bases, 32 at least, in random order, and one a base with other methods, --stride, --particles or --classifier",
  },
  schedule: {
    type: choice(REVEAL_SCHEDULES),
    default: undefined,
    flag: "--schedule",
    help: "random-order, confidence, block-by-block: how many bases each call unmasks; uniform without it",
  },
  noise: {
    type: choice(NOISE_NAMES),
    default: undefined,
    flag: "--noise",
    help: "ancestral, analytic, euler: how many bases a step of time unmasks; loglinear without it",
  },
  confidence: {
    type: choice(CONFIDENCES),
    default: undefined,
    flag: "--confidence",
    help: "confidence: what makes a base sure; low-confidence without it",
  },
  orderTemperature: {
    type: nonNegativeNumber(),
    default: undefined,
    flag: "--order-temperature",
    help: "confidence: above 0, surer bases come first by chance only; 0 without it",
  },
  blockLength: {
    type: positiveInteger(2 ** 20),
    default: undefined,
    unit: "bases",
    flag: "--block-length",
    help: "confidence: fill blocks from left to right; one block without it",
  },
  remask: {
    type: choice(REMASKING_KINDS),
    default: undefined,
    flag: "--remask",
    help: "remdm: how bases are masked again; cap without it",
  },
  eta: {
    type: fraction(),
    default: undefined,
    flag: "--eta",
    help: "remdm cap, rescale, loop: how many; 0.008, 0.015, 0.02 without it",
  },
  loopFrom: {
    type: decay(),
    default: undefined,
    flag: "--loop-from",
    help: "remdm loop: time at which it begins; 0.55 without it",
  },
  loopTo: {
    type: decay(),
    default: undefined,
    flag: "--loop-to",
    help: "remdm loop: time at which it ends; 0.05 without it",
  },
  loopAlpha: {
    type: decay(),
    default: undefined,
    flag: "--loop-alpha",
    help: "remdm loop: share of bases that stays unmasked in it; 0.9 without it",
  },
};

export const sampleOptions: OptionTable<SampleConfig> = {
  count: {
    type: positiveInteger(),
    default: 8,
    flag: "--count",
    help: "sequences to generate; with --prompt, sequences a record",
  },
  length: {
    type: positiveInteger(2 ** 20),
    default: undefined,
    unit: "bases",
    flag: "--length",
    help: "the model's window without it",
  },
  method: {
    type: choice(SAMPLER_NAMES),
    default: undefined,
    flag: "--method",
    help: "which bases each call decides; without it random-order (sedd, sedd-uniform: analytic; d3pm, udlm: ancestral; bd3: block-by-block; ar: left-to-right)",
  },
  ...methodOptions,
  temperature: {
    type: nonNegativeNumber(),
    default: 1,
    flag: "--temperature",
    help: "below 1 sharpens, above 1 flattens; 0 takes the likeliest base",
  },
  topP: {
    type: fraction(),
    default: 1,
    flag: "--top-p",
    help: "keep the fewest likeliest bases that have this probability together; 0 keeps one",
  },
  stride: {
    type: positiveInteger(2 ** 20),
    default: undefined,
    unit: "bases",
    flag: "--stride",
    help: "move the model's window by this along longer sequences; without it the window is as long as they",
  },
  batchSize: {
    type: positiveInteger(65_536),
    default: 16,
    unit: "sequences",
    flag: "--batch-size",
    help: "in one forward pass",
  },
};
