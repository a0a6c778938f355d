/** The elementary functions of math.h over arrays, so that their accuracy can be measured by itself. */
#pragma once

#include <cstddef>

namespace gdiff {

struct ElementaryKernels {
  /** out = e^x */
  void (*exponentials)(const float* x, float* out, size_t count);
  /** out = ln x */
  void (*logarithms)(const float* x, float* out, size_t count);
};

}  // namespace gdiff
