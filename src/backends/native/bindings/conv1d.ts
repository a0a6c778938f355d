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
  conv1dInputGradient(
    batch: number,
    length: number,
    inWidth: number,
    outWidth: number,
    kernel: number,
    weight: Float32Array,
    dy: Float32Array,
    dx: Float32Array,
    bf16: boolean,
  ): void;
  conv1dWeightGradient(
    batch: number,
    length: number,
    inWidth: number,
    outWidth: number,
    kernel: number,
    x: Float32Array,
    dy: Float32Array,
    dWeight: Float32Array,
    bf16: boolean,
  ): void;
}
