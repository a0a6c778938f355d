/** Normalisation of each channel over all rows, with the mean and the variance of those rows. `rows` ≥ 1. */
#pragma once

#include <cstddef>

namespace gdiff {

struct BatchNormKernels {
  /**
   * y[r, c] = (x[r, c] − mean[c]) / sqrt(variance[c] + epsilon) · gain[c] + bias[c]; mean and variance, divided by
   * `rows`, are summed in float64 in an order that `rows` alone decides, and written [channels].
   */
  void (*forward)(const float* x, const float* gain, const float* bias, float* y, float* mean, float* variance,
                  size_t rows, size_t channels, float epsilon);
  /** Gradients of x, gain and bias by dy, with the statistics of the forward pass, whose own gradient is in dx. */
  void (*backward)(const float* x, const float* gain, const float* mean, const float* variance, const float* dy,
                   float* dx, float* dGain, float* dBias, size_t rows, size_t channels, float epsilon);
};

}  // namespace gdiff
