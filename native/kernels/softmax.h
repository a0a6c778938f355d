/** Softmax and its logarithm over rows of any length, shifted by the row's largest value. */
#pragma once

#include <cstddef>

namespace gdiff {

struct SoftmaxKernels {
  /** out[r, :] = e^(x[r, :] − max) / Σ e^(x[r, :] − max). Only −infinity, +infinity or NaN in a row: NaN. */
  void (*softmax)(const float* x, float* out, size_t rows, size_t width);
  /** out[r, :] = x[r, :] − max − ln Σ e^(x[r, :] − max) */
  void (*logSoftmax)(const float* x, float* out, size_t rows, size_t width);
};

}  // namespace gdiff
