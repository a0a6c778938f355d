/**
 * Layer normalisation without bias (arXiv:1607.06450) and root mean square normalisation (arXiv:1910.07467) of rows of
 * `width` values. The backward pass reads x, which the forward one had, and computes mean and scale again: that costs
 * no byte, since the gradient needs x anyway.
 */
#pragma once

#include <cstddef>

namespace gdiff {

struct NormForm {
  /** out[r, :] = (x[r, :] − mean) / sqrt(variance + epsilon) · gain; RMS: x / sqrt(mean square + epsilon) · gain */
  void (*forward)(const float* x, const float* gain, float* out, size_t rows, size_t width, float epsilon);
  /** dx [rows, width] and dGain [width], summed over rows in an order that only their number decides. */
  void (*backward)(const float* x, const float* gain, const float* dy, float* dx, float* dGain, size_t rows,
                   size_t width, float epsilon);
};

struct NormKernels {
  NormForm layer;
  NormForm rms;
};

}  // namespace gdiff
