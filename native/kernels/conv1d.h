/** Convolution along the positions of sequences, stride 1, without padding. `kernel` is in [1, length]: the caller has checked. */
#pragma once

#include <cstddef>

namespace gdiff {

struct Conv1dShape {
  size_t batch, length, in, out, kernel;

  /** Positions of an output. */
  size_t positions() const { return length - kernel + 1; }
};

/** Of one factor of the products, x or the weight, by the other and dy. */
using Conv1dGradient = void (*)(Conv1dShape shape, const float* factor, const float* dy, float* gradient, bool bf16);

/** Weights and their gradient are [out, in, kernel]. */
struct Conv1dKernels {
  /** y[b, p, o] = bias[o] + Σ_(tap, i) x[b, p + tap, i] weight[o, i, tap]; bias null for none; y [batch, positions, out] */
  void (*forward)(Conv1dShape shape, const float* x, const float* weight, const float* bias, float* y, bool bf16);
  /** dx[b, p, i] = Σ_(tap, o) dy[b, p − tap, o] weight[o, i, tap] */
  Conv1dGradient inputGradient;
  /** dWeight[o, i, tap] = Σ_(b, p) dy[b, p, o] x[b, p + tap, i] */
  Conv1dGradient weightGradient;
};

}  // namespace gdiff
