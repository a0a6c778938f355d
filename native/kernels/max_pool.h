/** The largest of each window of positions; windows follow one another, positions after the last whole one are dropped. */
#pragma once

#include <cstddef>

namespace gdiff {

/** `window` ≥ 1. Of equal values the first is the largest, and a NaN is larger than any: the last one. */
struct MaxPoolKernels {
  /** out [batch, ⌊length / window⌋, width] */
  void (*forward)(const float* x, float* out, size_t batch, size_t length, size_t width, size_t window);
  /** dx of the shape of x: dy where the largest is, 0 elsewhere */
  void (*backward)(const float* x, const float* dy, float* dx, size_t batch, size_t length, size_t width,
                   size_t window);
};

}  // namespace gdiff
