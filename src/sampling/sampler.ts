/** What every sampler takes and gives. */

import type { Denoise } from "../diffusion/denoise.ts";
import type { AddressedRandom } from "../random/addressed.ts";

/** Rows to fill: equal lengths, MASK where a base is free, anything else kept to the letter. */
export interface SamplerBatch {
  readonly batch: number;
  readonly length: number;
  /** [batch, length]; the sampler works on a copy */
  readonly ids: Uint8Array;
  /** Number of each row among all samples of the request: its address, whatever the batch. */
  readonly samples: readonly number[];
}

export interface SamplerRandom {
  /** the stream `samplerOrder` */
  readonly order: AddressedRandom;
  /** the stream `samplerToken` */
  readonly token: AddressedRandom;
}

export interface SamplerOptions {
  /** Evaluations of the network. */
  readonly calls: number;
  /** Divides the logits; 1 samples from the model, 0 takes the likeliest base at each reveal. */
  readonly temperature: number;
}

/** Fills the free positions; returns [batch, length] without MASK. */
export type Sampler = (
  denoise: Denoise,
  batch: SamplerBatch,
  options: SamplerOptions,
  random: SamplerRandom,
) => Promise<Uint8Array>;
