/** An operand of a product where it lies, and its way into the layouts of tile.h in blocks of k. */
#pragma once

#include "../parallel.h"
#include "pack.h"

namespace gdiff::GDIFF_ISA {

/** A matrix with `ld` values between its rows; transposed, its rows are the columns that enter the product. */
template <class S>
struct Operand {
  const S* data;
  ptrdiff_t ld;
  bool isTransposed;

  const S* at(ptrdiff_t row, ptrdiff_t column) const {
    return isTransposed ? data + column * ld + row : data + row * ld + column;
  }
};

/** Values of k that are multiplied at a time: a block of A and one of B stay in the second-level cache. */
constexpr ptrdiff_t kInnerBlock = 512;

constexpr ptrdiff_t blocksOf(ptrdiff_t count, ptrdiff_t size) { return (count + size - 1) / size; }

/**
 * One operand packed completely, block of k after block of k: `lines` rows of A, or columns of B in whole panels.
 * Within a block a line takes padded<Unit>(k of the block) values.
 */
template <class Unit>
struct PackedBlocks {
  typename Unit::T* data;
  ptrdiff_t lines;

  typename Unit::T* at(ptrdiff_t k0, ptrdiff_t k, ptrdiff_t line) const {
    return data + k0 * lines + line * padded<Unit>(k);
  }
};

/** Rows [row, row + rows) and k0 .. k0 + k of A. */
template <class Unit, class S>
static void packRows(typename Unit::T* to, Operand<S> a, ptrdiff_t row, ptrdiff_t rows, ptrdiff_t k0, ptrdiff_t k) {
  if (a.isTransposed) packATransposed<Unit>(to, a.at(row, k0), a.ld, rows, k);
  else packA<Unit>(to, a.at(row, k0), a.ld, rows, k);
}

/** Columns [column, column + columns) and k0 .. k0 + k of B; `column` starts a panel. */
template <class Unit, class S>
static void packColumns(typename Unit::T* to, Operand<S> b, ptrdiff_t column, ptrdiff_t columns, ptrdiff_t k0,
                        ptrdiff_t k) {
  if (b.isTransposed) packBTransposed<Unit>(to, b.at(k0, column), b.ld, k, columns);
  else packB<Unit>(to, b.at(k0, column), b.ld, k, columns);
}

/** Whether rows of A are multiplied where they lie. */
template <class Unit, class S>
static bool isPackedRows(Operand<S> a, ptrdiff_t k) {
  const bool isStored = sizeof(S) == sizeof(typename Unit::T) && (sizeof(S) == 2 || !Unit::isRounded);
  return isStored && !a.isTransposed && padded<Unit>(k) == k;
}

/** Calls pack(k0, k, line, lines) over all blocks of k and of 64 lines, on all threads. */
template <class Pack>
static void packParallel(ptrdiff_t k, ptrdiff_t lines, const Pack& pack) {
  constexpr ptrdiff_t kLines = 64;
  const ptrdiff_t across = blocksOf(lines, kLines);
  parallelFor(static_cast<size_t>(blocksOf(k, kInnerBlock) * across), [&](size_t task) {
    const ptrdiff_t k0 = static_cast<ptrdiff_t>(task) / across * kInnerBlock;
    const ptrdiff_t line = static_cast<ptrdiff_t>(task) % across * kLines;
    pack(k0, smaller(kInnerBlock, k - k0), line, smaller(kLines, lines - line));
  });
}

/** All of A [m, k] into `scratch`, on all threads. */
template <class Unit, class S>
static PackedBlocks<Unit> packAllRows(Scratch& scratch, Operand<S> a, ptrdiff_t m, ptrdiff_t k) {
  const PackedBlocks<Unit> to{scratch.take<typename Unit::T>(static_cast<size_t>(m * padded<Unit>(k))), m};
  packParallel(k, m, [&](ptrdiff_t k0, ptrdiff_t inner, ptrdiff_t row, ptrdiff_t rows) {
    packRows<Unit>(to.at(k0, inner, row), a, row, rows, k0, inner);
  });
  return to;
}

/** All of B [k, n] into `scratch`, on all threads. With k ≤ kInnerBlock that is the B of one multiply(). */
template <class Unit, class S>
static PackedBlocks<Unit> packAllColumns(Scratch& scratch, Operand<S> b, ptrdiff_t k, ptrdiff_t n) {
  const ptrdiff_t lines = blocksOf(n, kPanel) * kPanel;
  const PackedBlocks<Unit> to{scratch.take<typename Unit::T>(static_cast<size_t>(lines * padded<Unit>(k))), lines};
  packParallel(k, n, [&](ptrdiff_t k0, ptrdiff_t inner, ptrdiff_t column, ptrdiff_t columns) {
    packColumns<Unit>(to.at(k0, inner, column), b, column, columns, k0, inner);
  });
  return to;
}

}  // namespace gdiff::GDIFF_ISA
