/** Some of a step's examples, as tensors are made of them. */

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
