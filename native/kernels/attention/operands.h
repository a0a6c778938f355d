/** The operands of one head and copies of rows between its layouts. */
#pragma once

#include "../pack.h"
#include "pattern.h"

namespace gdiff::GDIFF_ISA {

/** One head of one row of the batch; rows of padded<Unit>(headWidth) values, zeros beyond headWidth. */
template <class Unit>
struct Head {
  using T = typename Unit::T;
  /** Rotated and multiplied by 1 / sqrt(headWidth). */
  const T* q;
  const T* k;
  const T* v;
  ptrdiff_t queries;
  ptrdiff_t headWidth;
  RowPattern pattern;

  ptrdiff_t stride() const { return padded<Unit>(headWidth); }
};

/** `count` values as operands; a row's zeros beyond them are the caller's. */
template <class Unit>
static inline void narrowRow(typename Unit::T* to, const float* from, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + W <= count; i += W) Unit::narrowTo(to + i, load(from + i));
  for (; i < count; i++) to[i] = Unit::narrow(from[i]);
}

template <class Unit>
GDIFF_INLINE void zeroFrom(typename Unit::T* row, ptrdiff_t from, ptrdiff_t to) {
  for (ptrdiff_t i = from; i < to; i++) row[i] = typename Unit::T{};
}

static inline void copyRow(float* to, const float* from, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i += W) storeUpTo(to + i, loadUpTo(from + i, count - i), count - i);
}

/** row[i] *= factor */
static inline void scaleRow(float* row, ptrdiff_t count, float factor) {
  for (ptrdiff_t i = 0; i < count; i += W)
    storeUpTo(row + i, loadUpTo(row + i, count - i) * splat(factor), count - i);
}

/**
 * W columns of `step` successive rows, as operands: each row to its own place, and all of them as a step of packed B,
 * where a pair of bfloat16 has the upper row in its lower half.
 *
 * @param packed null for none
 */
template <class Unit>
GDIFF_INLINE void storeStep(typename Unit::T* const (&to)[Unit::step], typename Unit::T* packed,
                            const F (&rows)[Unit::step]) {
  if constexpr (Unit::step == 1) {
    Unit::narrowTo(to[0], rows[0]);
    if (packed != nullptr) Unit::narrowTo(packed, rows[0]);
  } else {
    static_assert(Unit::step == 2, "a step is one row, or two of bfloat16");
    Unit::narrowTo(to[0], rows[0]);
    Unit::narrowTo(to[1], rows[1]);
    if (packed == nullptr) return;
#if defined(__AVX512BF16__)  // from registers, not through the memory just written
    const U32 upper = (U32)_mm512_maskz_cvtepu16_epi32(0xffff, (__m256i)_mm512_cvtneps_pbh((__m512)rows[0]));
    const U32 lower = (U32)_mm512_maskz_cvtepu16_epi32(0xffff, (__m256i)_mm512_cvtneps_pbh((__m512)rows[1]));
#else
    const U32 upper = __builtin_convertvector(loadBf16(to[0]), U32);
    const U32 lower = __builtin_convertvector(loadBf16(to[1]), U32);
#endif
    const U32 pairs = upper | lower << 16;
    __builtin_memcpy(packed, &pairs, sizeof pairs);
  }
}

}  // namespace gdiff::GDIFF_ISA
