/** Transposition of W × W values of 32 bits in registers. */
#pragma once

#include "simd.h"

namespace gdiff::GDIFF_ISA {

#if defined(__has_builtin)
#if __has_builtin(__builtin_shufflevector)
#define GDIFF_SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#endif
#endif
#if !defined(GDIFF_SHUFFLE)  // GCC before 12
#define GDIFF_SHUFFLE(a, b, ...) __builtin_shuffle(a, b, I{__VA_ARGS__})
#endif

template <int... L>
struct Lanes {};
#if defined(__AVX512F__)
using AllLanes = Lanes<0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15>;
#elif defined(__AVX2__)
using AllLanes = Lanes<0, 1, 2, 3, 4, 5, 6, 7>;
#else
using AllLanes = Lanes<0, 1, 2, 3>;
#endif

/** Swaps the upper `half`-lane blocks of `a` with the lower ones of `b`: one 2 × 2 block step of a transposition. */
template <int half, int... L>
GDIFF_INLINE void exchangeBlocks(I& a, I& b, Lanes<L...>) {
  const I upper = GDIFF_SHUFFLE(a, b, (L & half ? L - half + W : L)...);
  b = GDIFF_SHUFFLE(a, b, (L & half ? L + W : L + half)...);
  a = upper;
}

template <int half>
GDIFF_INLINE void transposeStep(I (&rows)[W]) {
#pragma GCC unroll 16
  for (int r = 0; r < W; r++)
    if ((r & half) == 0) exchangeBlocks<half>(rows[r], rows[r + half], AllLanes{});
}

/** rows[r][c] becomes rows[c][r]. */
GDIFF_INLINE void transposeSquare(I (&rows)[W]) {
  if constexpr (W > 8) transposeStep<8>(rows);
  if constexpr (W > 4) transposeStep<4>(rows);
  transposeStep<2>(rows);
  transposeStep<1>(rows);
}

}  // namespace gdiff::GDIFF_ISA
