/** Slices chosen by integers: gather, one-hot, sums by segment. */
#pragma once

#include <cstddef>
#include <cstdint>

namespace gdiff {

struct IndexedKernels {
  /**
   * out[b, o, i, :] = x[b, o, indices[b, i], :], a slice being `sliceBytes` bytes.
   *
   * @param x [batch, outer, size, slice]
   * @param indices [batch, count], each in [0, size)
   */
  void (*gather)(const uint8_t* x, const int32_t* indices, uint8_t* out, size_t batch, size_t outer, size_t size,
                 size_t count, size_t sliceBytes);
  /** out [count, depth]: `on` at each index in [0, depth), else `off`; `elementBytes` (1 or 4) of either. */
  void (*oneHot)(const int32_t* indices, void* out, size_t elementBytes, size_t count, size_t depth, uint32_t on,
                 uint32_t off);
  /**
   * out [segments, inner]: the sum of the rows of x [rows, inner] that name the segment, in float64 in their order,
   * rounded once. Names outside [0, segments) are left out.
   */
  void (*segmentSum)(const float* x, const int32_t* names, float* out, size_t rows, size_t inner, size_t segments);
};

}  // namespace gdiff
