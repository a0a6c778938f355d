/** A weight packed once for the tasks of a fused kernel, which then call multiply() on rows that they hold in a cache. */
#pragma once

#include "operand.h"

namespace gdiff::GDIFF_ISA {

/**
 * Packs B [k, n] whole, as multiply<Unit>(m, n, padded<Unit>(k), …) takes it, on all threads; call it before the tasks.
 *
 *     Scratch scratch;
 *     const auto* up = packWeight<Unit>(scratch, Operand<float>{weight, width, true}, width, hidden);  // x Wᵀ
 *     const auto* upBack = packWeight<Unit>(scratch, Operand<float>{weight, width, false}, hidden, width);  // dy W
 *
 * Columns n0 .. of it, n0 a multiple of kPanel, start at n0 / kPanel * panelSize<Unit>(k).
 */
template <class Unit, class S>
static const typename Unit::T* packWeight(Scratch& scratch, Operand<S> b, ptrdiff_t k, ptrdiff_t n) {
  constexpr ptrdiff_t kColumns = 4 * kPanel;
  typename Unit::T* to = scratch.take<typename Unit::T>(static_cast<size_t>(packedSize<Unit>(k, n)));
  parallelFor(static_cast<size_t>(blocksOf(n, kColumns)), [&](size_t task) {
    const ptrdiff_t column = static_cast<ptrdiff_t>(task) * kColumns;
    packColumns<Unit>(to + column / kPanel * panelSize<Unit>(k), b, column, smaller(kColumns, n - column), 0, k);
  });
  return to;
}

}  // namespace gdiff::GDIFF_ISA
