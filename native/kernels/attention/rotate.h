/** Rotary position embedding of one row, in place. */
#pragma once

#include "../simd.h"

namespace gdiff::GDIFF_ISA {

/** Cosines and sines, [length, headWidth] with equal halves in each row. */
struct RotaryTable {
  const float* cos;
  const float* sin;
};

/** (a, b) to (a cos − direction b sin, b cos + direction a sin), the halves of `to` and `from` (which may be one). */
static inline void rotateRow(float* to, const float* from, const RotaryTable& table, ptrdiff_t position,
                             ptrdiff_t headWidth, float direction) {
  const ptrdiff_t half = headWidth / 2;
  const float* cos = table.cos + position * headWidth;
  const float* sin = table.sin + position * headWidth;
  for (ptrdiff_t i = 0; i < half; i += W) {
    const ptrdiff_t left = half - i;
    const F a = loadUpTo(from + i, left), b = loadUpTo(from + half + i, left);
    const F c = loadUpTo(cos + i, left), s = loadUpTo(sin + i, left) * splat(direction);
    storeUpTo(to + i, a * c - b * s, left);
    storeUpTo(to + half + i, b * c + a * s, left);
  }
}

}  // namespace gdiff::GDIFF_ISA
