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
  /** [batch] class of each row as the network is told it; absent of a network that is told nothing. */
  readonly labels?: readonly number[];
  /** [batch] total noise of each row, nats; absent of a network that is not told it. */
  readonly levels?: Float32Array;
  /** [batch] positions of each row, where rows are cut to different lengths; behind them stand N without weight. */
  readonly lengths?: readonly number[];
  /** A, C, G, T in `x0`. */
  readonly bases: number;
}
