/** Matrix products of float32 tensors. */
#pragma once

#include <cstddef>
#include <cstdint>

namespace gdiff {

/** out[i, m, n] = act(Σ_k a[aIndex[i], m, k] b[bIndex[i], k, n] + bias[n]) for i of the batch. */
struct Gemm {
  size_t batch, m, n, k;
  const float* a;  // matrices [m, k] or, transposed, [k, m]
  const float* b;  // matrices [k, n] or, transposed, [n, k]
  float* out;      // [batch, m, n]
  /** Which matrix enters the i-th product; null: the i-th. */
  const int32_t* aIndex;
  const int32_t* bIndex;
  /** [n], or null for none. */
  const float* bias;
  bool transposeA, transposeB;
  bool relu;
  /** Operands rounded to bfloat16. */
  bool bf16;
};

/** y = x Wᵀ + b, backwards; outputs that are null are not computed. */
struct LinearBackward {
  size_t rows, in, out;
  const float* x;       // [rows, in]
  const float* weight;  // [out, in]
  const float* dy;      // [rows, out]
  float* dx;            // [rows, in] = dy W
  float* dWeight;       // [out, in] = dyᵀ x
  float* dBias;         // [out] = Σ_row dy
  bool bf16;
};

struct GemmKernels {
  void (*multiply)(const Gemm& product);
  void (*linearBackward)(const LinearBackward& linear);
};

}  // namespace gdiff
