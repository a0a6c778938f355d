/** Layer normalisation without bias over rows of `width` values (arXiv:1607.06450). */
#pragma once

#include <cstddef>

namespace gdiff {

struct LayerNormKernels {
  /** out[r, :] = (x[r, :] − mean) / sqrt(variance + epsilon) · gain */
  void (*forward)(const float* x, const float* gain, float* out, size_t rows, size_t width, float epsilon);
};

}  // namespace gdiff
