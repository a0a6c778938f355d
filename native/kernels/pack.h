/**
 * Operands into the layouts that tile.h multiplies. A source is float32 or an operand kept earlier in the unit's own
 * type; `load(row, column)` order is the source's.
 */
#pragma once

#include "tile.h"

namespace gdiff::GDIFF_ISA {

template <class Unit>
GDIFF_INLINE typename Unit::T operandOf(float value) { return Unit::narrow(value); }
#if defined(__AVX512BF16__)
template <class Unit>
GDIFF_INLINE uint16_t operandOf(uint16_t value) { return value; }
#endif

/** B from a row-major [k, n] source (`ld` values between rows): pairs of rows interleave. */
template <class Unit, class S>
static void packB(typename Unit::T* to, const S* from, ptrdiff_t ld, ptrdiff_t k, ptrdiff_t n) {
  const ptrdiff_t kPadded = padded<Unit>(k);
  for (ptrdiff_t column = 0; column < n; column += kPanel) {
    const ptrdiff_t columns = n - column < kPanel ? n - column : kPanel;
    for (ptrdiff_t i = 0; i < kPadded; i += Unit::step)
      for (ptrdiff_t j = 0; j < kPanel; j++)
        for (int s = 0; s < Unit::step; s++)
          *to++ = (j < columns && i + s < k) ? operandOf<Unit>(from[(i + s) * ld + column + j]) : typename Unit::T{};
  }
}

/** B from a row-major [n, k] source, that is, transposed: a weight in PyTorch's layout. */
template <class Unit, class S>
static void packBTransposed(typename Unit::T* to, const S* from, ptrdiff_t ld, ptrdiff_t k, ptrdiff_t n) {
  const ptrdiff_t kPadded = padded<Unit>(k);
  for (ptrdiff_t column = 0; column < n; column += kPanel) {
    const ptrdiff_t columns = n - column < kPanel ? n - column : kPanel;
    for (ptrdiff_t i = 0; i < kPadded; i += Unit::step)
      for (ptrdiff_t j = 0; j < kPanel; j++)
        for (int s = 0; s < Unit::step; s++)
          *to++ = (j < columns && i + s < k) ? operandOf<Unit>(from[(column + j) * ld + i + s]) : typename Unit::T{};
  }
}

/** A from a row-major [m, k] source: rows of padded<Unit>(k) values. */
template <class Unit, class S>
static void packA(typename Unit::T* to, const S* from, ptrdiff_t ld, ptrdiff_t m, ptrdiff_t k) {
  const ptrdiff_t kPadded = padded<Unit>(k);
  for (ptrdiff_t row = 0; row < m; row++)
    for (ptrdiff_t i = 0; i < kPadded; i++)
      *to++ = i < k ? operandOf<Unit>(from[row * ld + i]) : typename Unit::T{};
}

/** A from a row-major [k, m] source, that is, transposed. */
template <class Unit, class S>
static void packATransposed(typename Unit::T* to, const S* from, ptrdiff_t ld, ptrdiff_t m, ptrdiff_t k) {
  const ptrdiff_t kPadded = padded<Unit>(k);
  for (ptrdiff_t row = 0; row < m; row++)
    for (ptrdiff_t i = 0; i < kPadded; i++)
      *to++ = i < k ? operandOf<Unit>(from[i * ld + row]) : typename Unit::T{};
}

}  // namespace gdiff::GDIFF_ISA
