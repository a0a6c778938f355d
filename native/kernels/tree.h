/** Sums over the tensors of a tree: parameters, gradients, moments. */
#pragma once

#include <cstddef>

namespace gdiff {

struct Values {
  const float* data;
  size_t size;
};

struct TreeKernels {
  /** sqrt(Σ x²) over all values of `count` tensors, summed in float64 in an order that only the sizes decide. */
  float (*norm)(const Values* tensors, size_t count);
  /** out = sum + term; `out` may be the memory of `sum`. */
  void (*add)(const float* sum, const float* term, float* out, size_t size);
};

}  // namespace gdiff
