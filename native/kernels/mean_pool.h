/** The mean of each row's positions, padding left out. Lengths are in [1, length]: the caller has checked. */
#pragma once

#include <cstddef>
#include <cstdint>

namespace gdiff {

struct MeanPoolKernels {
  /** out[b, :] = mean over p < lengths[b] of x[b, p, :] */
  void (*forward)(const float* x, const int32_t* lengths, float* out, size_t batch, size_t length, size_t width);
  /** dx[b, p, :] = dy[b, :] / lengths[b] where p < lengths[b], else 0 */
  void (*backward)(const float* dy, const int32_t* lengths, float* dx, size_t batch, size_t length, size_t width);
};

}  // namespace gdiff
