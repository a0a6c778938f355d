/**
 * What a backward pass sums over rows: the gradient of a weight and that of a bias.
 *
 *     Scratch scratch;                                            // not inside a task: these use all threads
 *     weightGradient<Unit>(rows, out, in, dy, out, x, in, dWeight, false);
 *     columnSums(rows, out, dy, out, dBias, false);
 *
 * dy and x are float32 or kept in Unit::T, each with its own distance between rows, so that a part of a wider matrix
 * will do (dq of a fused dqkv: dqkv + 0, ld 3 · width). Sums run in the order of the rows, in blocks of fixed size: they do not
 * depend on threads. `accumulate` adds to what is there instead of overwriting it.
 */
#pragma once

#include "product.h"
#include "transpose.h"

namespace gdiff::GDIFF_ISA {

/** to[column, row] (+)= from[row, column] for one block of `from`. */
static inline void transposeBlock(const Block& block, const float* from, ptrdiff_t ldFrom, float* to, ptrdiff_t ldTo,
                                  bool accumulate) {
  for (ptrdiff_t row = block.row; row < block.row + block.rows; row += W)
    for (ptrdiff_t column = block.column; column < block.column + block.columns; column += W) {
      const ptrdiff_t rows = smaller(W, block.row + block.rows - row);
      const ptrdiff_t columns = smaller(W, block.column + block.columns - column);
      I square[W] = {};
      for (ptrdiff_t i = 0; i < rows; i++) square[i] = bitsOf(loadUpTo(from + (row + i) * ldFrom + column, columns));
      transposeSquare(square);
      for (ptrdiff_t i = 0; i < columns; i++) {
        float* place = to + (column + i) * ldTo + row;
        const F before = accumulate ? loadUpTo(place, rows) : F{};
        storeUpTo(place, before + fromBits(square[i]), rows);
      }
    }
}

/** dw[out, in] (+)= Σ_row dy[row, out] x[row, in] */
template <class Unit, class SY, class SX>
static void weightGradient(ptrdiff_t rows, ptrdiff_t out, ptrdiff_t in, const SY* dy, ptrdiff_t ldDy, const SX* x,
                           ptrdiff_t ldX, float* dw, bool accumulate = false) {
  if (out <= in) {
    product<Unit>({out, in, rows}, Operand<SY>{dy, ldDy, true}, Operand<SX>{x, ldX, false}, {dw, in, accumulate});
    return;
  }
  // To pack A it is transposed, which costs more than packing B: A is the narrower of the two, and the small result turns.
  Scratch scratch;
  float* turned = scratch.take<float>(static_cast<size_t>(in * out));
  product<Unit>({in, out, rows}, Operand<SX>{x, ldX, true}, Operand<SY>{dy, ldDy, false}, {turned, out, false},
                [&](const Block& block) { transposeBlock(block, turned, out, dw, in, accumulate); });
}

/** sums[column] (+)= Σ_row x[row, column], 128 rows at a time, then those sums in order. */
GDIFF_INLINE void columnSums(ptrdiff_t rows, ptrdiff_t columns, const float* x, ptrdiff_t ld, float* sums,
                             bool accumulate = false) {
  constexpr ptrdiff_t kRows = 128;
  const ptrdiff_t parts = blocksOf(rows, kRows);
  Scratch scratch;
  float* partial = scratch.take<float>(static_cast<size_t>(parts * columns));
  parallelFor(static_cast<size_t>(parts), [&](size_t task) {
    const ptrdiff_t first = static_cast<ptrdiff_t>(task) * kRows, end = smaller(first + kRows, rows);
    for (ptrdiff_t column = 0; column < columns; column += W) {
      F sum = F{};
      for (ptrdiff_t row = first; row < end; row++) sum += loadUpTo(x + row * ld + column, columns - column);
      storeUpTo(partial + static_cast<ptrdiff_t>(task) * columns + column, sum, columns - column);
    }
  });
  for (ptrdiff_t column = 0; column < columns; column += W) {
    F sum = accumulate ? loadUpTo(sums + column, columns - column) : F{};
    for (ptrdiff_t part = 0; part < parts; part++)
      sum += loadUpTo(partial + part * columns + column, columns - column);
    storeUpTo(sums + column, sum, columns - column);
  }
}

}  // namespace gdiff::GDIFF_ISA
