/** The second phase of a sum over rows: each fixed block of rows has its partial sum, and these are added in order. */
#pragma once

#include "../parallel.h"
#include "simd.h"

namespace gdiff::GDIFF_ISA {

/** out[i] = Σ_b partials[b, i], b ascending; zeros when there are no blocks. */
static inline void addBlocks(float* out, const float* partials, size_t blocks, size_t width) {
  constexpr size_t kColumns = 512;
  parallelFor((width + kColumns - 1) / kColumns, [=](size_t task) {
    const size_t end = (task + 1) * kColumns < width ? (task + 1) * kColumns : width;
    for (size_t i = task * kColumns; i < end; i += W) {
      const ptrdiff_t left = static_cast<ptrdiff_t>(end - i);
      F total = F{};
      for (size_t block = 0; block < blocks; block++) total += loadUpTo(partials + block * width + i, left);
      storeUpTo(out + i, total, left);
    }
  });
}

}  // namespace gdiff::GDIFF_ISA
