/** Copies between layouts: what transposition, slices, concatenation, padding, tiling and reversal all are. */
#pragma once

#include <cstddef>
#include <cstdint>

namespace gdiff {

struct CopyKernels {
  /**
   * to[Σ i·toStride] = from[Σ i·fromStride] for every index i of `dims`; strides are in elements, `from` and `to` point
   * at the element of index 0. A stride of `from` may be 0 or negative; `to` must not meet one place twice.
   */
  void (*strided)(size_t elementBytes, size_t rank, const int32_t* dims, const void* from, const int32_t* fromStrides,
                  void* to, const int32_t* toStrides);
};

}  // namespace gdiff
