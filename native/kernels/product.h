/**
 * Products of any size on all threads: C (+)= A B for one matrix or a batch, operands of float32 or of the unit's own
 * type, transposed or not.
 *
 * C is cut into blocks; each is computed by one task over successive blocks of k, in the order of k, so that an
 * element's value depends on its row of A, its column of B and k alone. What several tasks need is packed before
 * them; the rest is packed by the task that needs it, while it is in a cache.
 */
#pragma once

#include "operand.h"

namespace gdiff::GDIFF_ISA {

/** Sizes of one product C[m, n] = A[m, k] B[k, n]. */
struct ProductShape {
  ptrdiff_t m, n, k;
};

/** Where C lies and whether the product is added to what is there. */
struct Destination {
  float* data;
  ptrdiff_t ld;
  bool accumulate;
};

template <class SA, class SB>
struct Operands {
  Operand<SA> a;
  Operand<SB> b;
  Destination c;
};

/** Part of C that one task computes. */
struct Block {
  ptrdiff_t row, rows, column, columns;
};

/** How C is cut: by its shape alone. */
struct Cut {
  ptrdiff_t rows, columns;     // of a block
  ptrdiff_t down, across;      // blocks
  ptrdiff_t blocksPerTask;     // small ones go together: a task should be worth waking a thread for
};

static inline Cut cut(ProductShape shape, ptrdiff_t batch) {
  Cut result{96, 512, 0, 0, 1};
  const auto count = [&] { return batch * blocksOf(shape.m, result.rows) * blocksOf(shape.n, result.columns); };
  if (shape.m <= result.rows) result.columns = 128;  // every task packs its own columns of B
  while (count() < 32 && result.columns > 64) result.columns /= 2;
  if (count() < 16) result.rows = 48;
  result.down = blocksOf(shape.m, result.rows);
  result.across = blocksOf(shape.n, result.columns);
  constexpr ptrdiff_t kTask = ptrdiff_t{1} << 20;  // multiply-adds, some microseconds
  const ptrdiff_t block = smaller(result.rows, shape.m) * smaller(result.columns, shape.n) * (shape.k + 16) + 1;
  result.blocksPerTask = block < kTask ? kTask / block : 1;
  return result;
}

/** One block of C; a null `data` of `rows` or `columns` means that the operand is packed here. */
template <class Unit, class SA, class SB>
static void productBlock(Block block, ptrdiff_t k, Operands<SA, SB> operands, PackedBlocks<Unit> rows,
                         PackedBlocks<Unit> columns) {
  const auto& [a, b, c] = operands;
  using T = typename Unit::T;
  Scratch scratch;
  const size_t inner = static_cast<size_t>(padded<Unit>(smaller(k, kInnerBlock)));
  const bool inPlace = rows.data == nullptr && isPackedRows<Unit>(a, k);
  T* ownA = rows.data == nullptr && !inPlace ? scratch.take<T>(static_cast<size_t>(block.rows) * inner) : nullptr;
  const size_t panels = static_cast<size_t>(blocksOf(block.columns, kPanel));
  T* ownB = columns.data == nullptr ? scratch.take<T>(panels * kPanel * inner) : nullptr;
  float* to = c.data + block.row * c.ld + block.column;
  for (ptrdiff_t k0 = 0; k0 == 0 || k0 < k; k0 += kInnerBlock) {
    const ptrdiff_t now = smaller(kInnerBlock, k - k0), nowPadded = padded<Unit>(now);
    const T* left = ownA;
    ptrdiff_t lda = nowPadded;
    if (rows.data != nullptr) {
      left = rows.at(k0, now, block.row);
    } else if (inPlace) {
      left = reinterpret_cast<const T*>(a.at(block.row, k0));
      lda = a.ld;
    } else {
      packRows<Unit>(ownA, a, block.row, block.rows, k0, now);
    }
    if (ownB != nullptr) packColumns<Unit>(ownB, b, block.column, block.columns, k0, now);
    const T* right = ownB != nullptr ? ownB : columns.at(k0, now, block.column);
    multiply<Unit>(block.rows, block.columns, nowPadded, left, lda, right, to, c.ld, c.accumulate || k0 > 0);
  }
}

/**
 * A batch of products. operandsOf(i) gives the i-th {a, b, c}; finish(i, block) is called when a block of the i-th C is
 * complete, by the task that made it, in a cache still.
 */
template <class Unit, class OperandsOf, class Finish>
static void products(ProductShape shape, ptrdiff_t batch, const OperandsOf& operandsOf, const Finish& finish) {
  const Cut blocks = cut(shape, batch);
  const ptrdiff_t each = blocks.down * blocks.across, count = batch * each;
  if (count == 0) return;
  Scratch scratch;
  PackedBlocks<Unit> rows{nullptr, 0}, columns{nullptr, 0};
  if (batch == 1) {
    const auto operands = operandsOf(0);
    if (blocks.across > 2 && !isPackedRows<Unit>(operands.a, shape.k))
      rows = packAllRows<Unit>(scratch, operands.a, shape.m, shape.k);
    if (blocks.down > 1) columns = packAllColumns<Unit>(scratch, operands.b, shape.k, shape.n);
  }
  parallelFor(static_cast<size_t>(blocksOf(count, blocks.blocksPerTask)), [&](size_t task) {
    const ptrdiff_t first = static_cast<ptrdiff_t>(task) * blocks.blocksPerTask;
    for (ptrdiff_t i = first; i < smaller(first + blocks.blocksPerTask, count); i++) {
      const ptrdiff_t row = i % each / blocks.across * blocks.rows, column = i % blocks.across * blocks.columns;
      const Block block{row, smaller(blocks.rows, shape.m - row), column, smaller(blocks.columns, shape.n - column)};
      productBlock<Unit>(block, shape.k, operandsOf(i / each), rows, columns);
      finish(i / each, block);
    }
  });
}

/** C (+)= A B, then finish(block) on each block of C. Call it outside of tasks: it uses all threads. */
template <class Unit, class SA, class SB, class Finish>
static void product(ProductShape shape, Operand<SA> a, Operand<SB> b, Destination c, const Finish& finish) {
  products<Unit>(
      shape, 1, [&](ptrdiff_t) { return Operands<SA, SB>{a, b, c}; },
      [&](ptrdiff_t, const Block& block) { finish(block); });
}

template <class Unit, class SA, class SB>
static void product(ProductShape shape, Operand<SA> a, Operand<SB> b, Destination c) {
  product<Unit>(shape, a, b, c, [](const Block&) {});
}

}  // namespace gdiff::GDIFF_ISA
