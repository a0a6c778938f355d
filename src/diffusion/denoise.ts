/** What diffusion asks of a network, or of any exact denoiser in its place. */

import type { Logits } from "./subs.ts";

export interface DenoiseShape {
  readonly batch: number;
  readonly length: number;
  /** Bases of each row where rows are padded on the right; what stands in the padding never matters. */
  readonly lengths?: readonly number[];
  /** Class of each row; absent is unconditional. A network without classes has no use for them. */
  readonly labels?: readonly number[];
  /** [batch] total noise of each row, nats; absent is of clean rows. A network that is not told noise has no use for it. */
  readonly levels?: Float32Array;
  /** [batch, length] the clean rows, which a network of blocks sees the blocks before each block of. */
  readonly clean?: Uint8Array;
  /** Positions of each row whose logits are looked at, for a denoiser that saves by it; absent is all of them. */
  readonly wanted?: readonly (readonly number[])[];
}

/**
 * Predicts the clean base at every position from ids in which some are MASK.
 *
 * @param ids [batch, length] row-major
 * @returns logits [batch, length, head] row-major, unnormalised; anything where they are not wanted; the caller's
 */
export type Denoise = (ids: Uint8Array, shape: DenoiseShape) => Promise<Logits>;
