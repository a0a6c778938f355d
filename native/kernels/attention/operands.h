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

constexpr ptrdiff_t roundedUp(ptrdiff_t n, ptrdiff_t unit) { return (n + unit - 1) / unit * unit; }

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

/** W columns of `step` successive rows of k, into packed B: a pair of bfloat16 has the lower k in the lower half. */
template <class Unit>
GDIFF_INLINE void storeStep(typename Unit::T* to, const F (&rows)[Unit::step]) {
  if constexpr (Unit::step == 1) {
    Unit::narrowTo(to, rows[0]);
  } else {
    uint16_t halves[2][W];
    Unit::narrowTo(halves[0], rows[0]);
    Unit::narrowTo(halves[1], rows[1]);
    const U32 low = __builtin_convertvector(loadBf16(halves[0]), U32);
    const U32 high = __builtin_convertvector(loadBf16(halves[1]), U32);
    const U32 pairs = low | high << 16;
    __builtin_memcpy(to, &pairs, sizeof pairs);
  }
}

}  // namespace gdiff::GDIFF_ISA
