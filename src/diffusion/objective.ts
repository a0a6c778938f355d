/**
 * An objective is a value: what the network sees of a clean window, what the head means, and how a likelihood
 * follows. Training, evaluation and sampling ask the value and know no names.
 */

import type { AddressedRandom } from "../random/addressed.ts";
import type { LikelihoodEstimator } from "./likelihood-estimator.ts";
import type { NoiseName } from "./noise.ts";
import type { TimeSampling } from "./time-sampling.ts";

/** What the network sees of one example, and what the cross-entropy of each clean base counts. */
export interface Corruption {
  /** [length] ids the network sees */
  readonly xt: Uint8Array;
  /** [length] nats are multiplied by it; 0 where nothing is predicted */
  readonly weight: Float32Array;
  /** Total noise σ(t) = −ln α(t), nats, as the network is told it; of an objective that tells it. */
  readonly level?: number;
}

export interface CorruptionRandom {
  /** the stream `trainingTime` */
  readonly time: AddressedRandom;
  /** the stream `corruption` */
  readonly mask: AddressedRandom;
}

export const OBJECTIVE_NAMES = [
  "mdlm",
  "sedd",
  "d3pm",
  "sedd-uniform",
  "udlm",
  "mlm",
  "bd3",
  "ar",
] as const;
export type ObjectiveName = (typeof OBJECTIVE_NAMES)[number];

/** What a position's outputs cost, multiplied by its weight; train/losses.ts has them in tensors. */
export type LossName = "cross-entropy" | "score-entropy" | "denoiser-ratios" | "output-ratios";

/** Settings of training that mean something to some objectives only. */
export interface ObjectiveSettings {
  /** Whether it has heavy masks, so that its first steps can do without them. */
  readonly hasMaskWarmup: boolean;
  /** How the times of examples may be drawn; none where there is no time. */
  readonly timeSamplings: readonly TimeSampling[];
  /** Whether time can be discrete. */
  readonly hasTimeSteps: boolean;
  /** Whether its windows can be cut to random lengths. */
  readonly hasRandomLengths: boolean;
  /** Schedules that it can be trained with; none where it has none. */
  readonly noises: readonly NoiseName[];
}

/** Of an objective that has none of them. */
export const NO_SETTINGS: ObjectiveSettings = {
  hasMaskWarmup: false,
  timeSamplings: [],
  hasTimeSteps: false,
  hasRandomLengths: false,
  noises: [],
};

/** The divergence of posteriors in `steps` steps of time, the step of each masked position read off its weight (diffusion/d3pm.ts). */
interface PosteriorLoss {
  readonly name: "posterior";
  readonly steps: number;
}

export interface Objective {
  readonly name: ObjectiveName;
  /** What becomes of a base under noise: MASK, one of the four, or there is no noise. */
  readonly process: "absorbing" | "uniform" | "none";
  /** Columns of the head. */
  readonly headWidth: number;
  /** What a position of the network may see: what training and sampling count on. */
  readonly attention: "full" | "causal" | "blocks";
  /** Bases of a block, where attention is by blocks; the network then reads the clean window beside the noised one. */
  readonly blockLength?: number;
  /** Whether the network is told how noisy a row is: then corruptions and rows to score have a level. */
  readonly isToldNoise: boolean;
  /** The schedule whose levels a network that is told them knows. */
  readonly toldSchedule?: NoiseName;
  readonly loss: LossName | PosteriorLoss;
  readonly likelihood: LikelihoodEstimator;
  readonly settings: ObjectiveSettings;
  /**
   * Makes what the network sees of one clean window.
   *
   * @param x0 [length] clean ids
   * @param index global example index
   * @param globalBatch examples of a step, over which time is stratified
   */
  corrupt(x0: Uint8Array, index: number, globalBatch: number, random: CorruptionRandom): Corruption;
}
