export interface GemmBinding {
  /**
   * out [batch, m, n] = act(Σ_k a [.., m, k] b [.., k, n] + bias [n]).
   *
   * @param aIndex which matrix of `a` enters each product, [batch]; the i-th if absent
   * @param transposeA whether a matrix of `a` lies as [k, m]
   * @param transposeB whether a matrix of `b` lies as [n, k]
   * @param relu max(0, ·) of the sums
   * @param bf16 whether operands are rounded to bfloat16
   */
  gemm(
    batch: number,
    m: number,
    n: number,
    k: number,
    aIndex: Int32Array | undefined,
    bIndex: Int32Array | undefined,
    a: Float32Array,
    transposeA: boolean,
    b: Float32Array,
    transposeB: boolean,
    bias: Float32Array | undefined,
    relu: boolean,
    out: Float32Array,
    bf16: boolean,
  ): void;
  /** Gradients of y = x weightᵀ + bias: x [rows, in], weight [out, in], dy [rows, out]; those absent are not computed. */
  linearBackward(
    rows: number,
    inWidth: number,
    outWidth: number,
    x: Float32Array,
    weight: Float32Array,
    dy: Float32Array,
    dx: Float32Array | undefined,
    dWeight: Float32Array | undefined,
    dBias: Float32Array | undefined,
    bf16: boolean,
  ): void;
}
