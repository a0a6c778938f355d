export interface OptimiserBinding {
  /**
   * One AdamW update of `size` values in the order of operations of ops/adamw.ts. Each output may be the memory of
   * its own input.
   *
   * @param correction2 sqrt(1 − beta2^count)
   * @param rate learning rate / (1 − beta1^count)
   * @param decay 1 − learning rate · weight decay
   * @returns the Euclidean norm of `nextParam`
   */
  adamW(
    size: number,
    param: Float32Array,
    mu: Float32Array,
    nu: Float32Array,
    ema: Float32Array,
    grad: Float32Array,
    nextParam: Float32Array,
    nextMu: Float32Array,
    nextNu: Float32Array,
    nextEma: Float32Array,
    gradientScale: number,
    beta1: number,
    beta2: number,
    correction2: number,
    epsilon: number,
    rate: number,
    decay: number,
    emaDecay: number,
  ): number;
  /** sqrt(Σ x²) over all values of all tensors, summed in float64. */
  treeNorm(tensors: readonly Float32Array[]): number;
  /** out = sum + term; `out` may be the memory of `sum`. */
  accumulate(size: number, sum: Float32Array, term: Float32Array, out: Float32Array): void;
}
