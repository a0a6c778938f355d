/** Some of a step's examples, as tensors are made of them. */

import { MASK_ID } from "../tokens/alphabet.ts";

export interface MicroBatch {
  readonly batch: number;
  readonly length: number;
  /** [batch, length] clean ids */
  readonly x0: Uint8Array;
  /** [batch, length] what the network sees */
  readonly xt: Uint8Array;
  /** [batch, length] weight of each position's cross-entropy; 0 where nothing is predicted */
  readonly weight: Float32Array;
  /** A, C, G, T in `x0`. */
  readonly bases: number;
}

/** Positions whose base is to be predicted. */
export function maskedCount({ xt }: MicroBatch): number {
  let count = 0;
  for (const id of xt) if (id === MASK_ID) count++;
  return count;
}
