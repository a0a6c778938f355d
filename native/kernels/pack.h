/**
 * Operands into the layouts that tile.h multiplies. A source is float32 or an operand kept earlier in the unit's own
 * type, `ld` values between its rows; k and the columns of the last panel are filled with zeros. All run at the speed
 * of a copy: transposed sources go through squares in registers.
 */
#pragma once

#include "dwords.h"
#include "tile.h"
#include "transpose.h"

namespace gdiff::GDIFF_ISA {

/** Dwords of k in a packed row. */
template <class Unit>
constexpr ptrdiff_t packedDwords(ptrdiff_t k) {
  return padded<Unit>(k) / Unit::step;
}

GDIFF_INLINE ptrdiff_t smaller(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }
GDIFF_INLINE ptrdiff_t greater(ptrdiff_t a, ptrdiff_t b) { return a > b ? a : b; }
constexpr ptrdiff_t roundedUp(ptrdiff_t n, ptrdiff_t unit) { return (n + unit - 1) / unit * unit; }

/** B from a row-major [k, n] source: the `step` rows of a dword interleave. */
template <class Unit, class S>
static void packB(typename Unit::T* to, const S* from, ptrdiff_t ld, ptrdiff_t k, ptrdiff_t n) {
  constexpr ptrdiff_t kRows = 16;  // at a time, so that few pages are open
  const ptrdiff_t dwords = packedDwords<Unit>(k);
  for (ptrdiff_t first = 0; first < dwords; first += kRows) {
    const ptrdiff_t end = smaller(first + kRows, dwords);
    for (ptrdiff_t column = 0; column < n; column += kPanel) {
      typename Unit::T* panel = to + column * dwords * Unit::step;
      for (ptrdiff_t d = first; d < end; d++)
        for (ptrdiff_t v = 0; v < kPanel; v += W) {
          const ptrdiff_t row = d * Unit::step;
          storeDwords(panel + (d * kPanel + v) * Unit::step,
                      dwordsAcross<Unit>(from + row * ld + column + v, ld, k - row, n - column - v), W);
        }
    }
  }
}

/** B from a row-major [n, k] source, that is, transposed: a weight in PyTorch's layout. */
template <class Unit, class S>
static void packBTransposed(typename Unit::T* to, const S* from, ptrdiff_t ld, ptrdiff_t k, ptrdiff_t n) {
  const ptrdiff_t dwords = packedDwords<Unit>(k);
  for (ptrdiff_t column = 0; column < n; column += kPanel) {
    typename Unit::T* panel = to + column * dwords * Unit::step;
    for (ptrdiff_t v = 0; v < kPanel; v += W)
      for (ptrdiff_t d = 0; d < dwords; d += W) {
        const S* corner = from + (column + v) * ld + d * Unit::step;
        const ptrdiff_t columns = n - column - v, left = k - d * Unit::step;
        I square[W];
#pragma GCC unroll 16
        for (ptrdiff_t j = 0; j < W; j++)
          square[j] = j < columns ? dwordsAlong<Unit>(corner + j * ld, left) : I{};
        transposeSquare(square);
#pragma GCC unroll 16
        for (ptrdiff_t i = 0; i < W; i++)
          if (d + i < dwords) storeDwords(panel + ((d + i) * kPanel + v) * Unit::step, square[i], W);
      }
  }
}

/** A from a row-major [m, k] source: rows of padded<Unit>(k) values. */
template <class Unit, class S>
static void packA(typename Unit::T* to, const S* from, ptrdiff_t ld, ptrdiff_t m, ptrdiff_t k) {
  const ptrdiff_t dwords = packedDwords<Unit>(k);
  for (ptrdiff_t row = 0; row < m; row++)
    for (ptrdiff_t d = 0; d < dwords; d += W)
      storeDwords(to + (row * dwords + d) * Unit::step,
                  dwordsAlong<Unit>(from + row * ld + d * Unit::step, k - d * Unit::step), dwords - d);
}

/** A from a row-major [k, m] source, that is, transposed. */
template <class Unit, class S>
static void packATransposed(typename Unit::T* to, const S* from, ptrdiff_t ld, ptrdiff_t m, ptrdiff_t k) {
  constexpr ptrdiff_t kRows = 16;  // at a time, so that whole cache lines are read and written
  const ptrdiff_t dwords = packedDwords<Unit>(k);
  for (ptrdiff_t first = 0; first < m; first += kRows)
    for (ptrdiff_t d = 0; d < dwords; d += W)
      for (ptrdiff_t row = first; row < first + kRows && row < m; row += W) {
        I square[W];
#pragma GCC unroll 16
        for (ptrdiff_t i = 0; i < W; i++) {
          const ptrdiff_t at = (d + i) * Unit::step;
          square[i] = dwordsAcross<Unit>(from + at * ld + row, ld, k - at, m - row);
        }
        transposeSquare(square);
#pragma GCC unroll 16
        for (ptrdiff_t j = 0; j < W; j++)
          if (row + j < m) storeDwords(to + ((row + j) * dwords + d) * Unit::step, square[j], dwords - d);
      }
}

}  // namespace gdiff::GDIFF_ISA
