/** `factor` is x or the weight, `gradient` that of the other. */
type Gradient = (
  batch: number,
  length: number,
  inWidth: number,
  outWidth: number,
  kernel: number,
  factor: Float32Array,
  dy: Float32Array,
  gradient: Float32Array,
  bf16: boolean,
) => void;

/**
 * x and dx [batch, length, in]; weight and dWeight [out, in, kernel]; y and dy [batch, length − kernel + 1, out]. A kernel
 * that is not in 1 … length is a TypeError. bf16: operands are rounded to bfloat16.
 */
export interface Conv1dBinding {
  conv1dForward(
    batch: number,
    length: number,
    inWidth: number,
    outWidth: number,
    kernel: number,
    x: Float32Array,
    weight: Float32Array,
    /** [out], absent for none */
    bias: Float32Array | undefined,
    y: Float32Array,
    bf16: boolean,
  ): void;
  /** dx by the weight. */
  readonly conv1dInputGradient: Gradient;
  /** dWeight by x. */
  readonly conv1dWeightGradient: Gradient;
}
