/**
 * The gradient of a weight: dW[out, in] = Σ_row dY[row, out] X[row, in], where rows are many (tokens) and both factors
 * lie row-major as operands of the unit. The order of the sum depends on the shape alone.
 */
#pragma once

#include "../parallel.h"
#include "pack.h"

namespace gdiff::GDIFF_ISA {

/**
 * Writes dW, all of it; zeros for no rows.
 *
 * @param dy [rows, outs], `ldy` values between rows; call it outside tasks: it runs in parallel itself
 * @param x [rows, ins], `ldx` values between rows
 * @param dw [outs, ins]
 */
template <class Unit>
static void weightGradient(ptrdiff_t rows, ptrdiff_t outs, ptrdiff_t ins, const typename Unit::T* dy, ptrdiff_t ldy,
                           const typename Unit::T* x, ptrdiff_t ldx, float* dw) {
  using T = typename Unit::T;
  Scratch scratch;
  const ptrdiff_t k = padded<Unit>(rows);
  T* a = scratch.take<T>(outs * k);
  T* b = scratch.take<T>(packedSize<Unit>(rows, ins));
  packATransposed<Unit>(a, dy, ldy, outs, rows);
  packB<Unit>(b, x, ldx, rows, ins);
  multiply<Unit>(outs, ins, k, a, k, b, dw, ins, false);
}

}  // namespace gdiff::GDIFF_ISA
