/** What every sampler takes and gives. */

import type { Denoise } from "../diffusion/denoise.ts";
import type { AddressedRandom } from "../random/addressed.ts";
import type { BaseChoice } from "./categorical.ts";
import type { RowConstraint } from "./constraint.ts";

/** Rows to fill: equal lengths, MASK where a base is free, anything else kept to the letter. */
export interface SamplerBatch {
  readonly batch: number;
  readonly length: number;
  /** [batch, length]; the sampler works on a copy */
  readonly ids: Uint8Array;
  /** Number of each row among all samples of the request: its address, whatever the batch. */
  readonly samples: readonly number[];
  /** One a row, told of nothing yet but the row's kept bases; the sampler uses them up. Absent: every base may stand anywhere. */
  readonly constraints?: readonly RowConstraint[];
  /** Class of each row, for the denoiser; absent is unconditional. */
  readonly labels?: readonly number[];
}

export interface SamplerRandom {
  /** the stream `samplerOrder` */
  readonly order: AddressedRandom;
  /** the stream `samplerToken` */
  readonly token: AddressedRandom;
}

export interface SamplerOptions extends BaseChoice {
  /** Evaluations of the network. */
  readonly calls: number;
}

/** Fills the free positions; returns [batch, length] without MASK. */
export type Sampler = (
  denoise: Denoise,
  batch: SamplerBatch,
  options: SamplerOptions,
  random: SamplerRandom,
) => Promise<Uint8Array>;
