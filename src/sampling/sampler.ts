/** What every sampler takes and gives. */

import type { Denoise } from "../diffusion/denoise.ts";
import type { AddressedRandom } from "../random/addressed.ts";
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
  /**
   * How strongly labels pull, of a sampler that asks with and without them (uniform noise); absent is 1. Others take a denoiser that is guided.
   */
  readonly guidance?: number;
}

/** The ids of a row of a batch. */
export function idsOfRow({ ids, length }: SamplerBatch, row: number): Uint8Array {
  return ids.subarray(row * length, (row + 1) * length);
}

/**
 * Addresses are (sample, step, position), the position one of the row: a draw belongs to one sample, one step and one
 * position.
 */
export interface SamplerRandom {
  /** the stream `samplerOrder`: which positions change */
  readonly order: AddressedRandom;
  /** the stream `samplerToken`: which bases they get */
  readonly token: AddressedRandom;
}

/** Fills the free positions; returns [batch, length] without MASK. `Options` are the sampler's own. */
export type Sampler<Options> = (
  denoise: Denoise,
  batch: SamplerBatch,
  options: Options,
  random: SamplerRandom,
) => Promise<Uint8Array>;
