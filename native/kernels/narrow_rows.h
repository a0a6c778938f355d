/** Rows of a few values, fewer than a vector has lanes: W rows side by side, one a lane. */
#pragma once

#include "math.h"

namespace gdiff::GDIFF_ISA {

struct NarrowRows {
  const float* x;
  /** Rows that are there, at most W. */
  ptrdiff_t count;
  ptrdiff_t width;

  NarrowRows(const float* x, size_t count, size_t width)
      : x(x), count(count < W ? static_cast<ptrdiff_t>(count) : W), width(static_cast<ptrdiff_t>(width)) {}

  /** Value `c` of each row; 0 in lanes beyond the last row. */
  F column(ptrdiff_t c) const {
    float lanes[W] = {};
    for (ptrdiff_t row = 0; row < count; row++) lanes[row] = x[row * width + c];
    return load(lanes);
  }
  /** Each row's largest value; NaN may be passed over, and is then in the sum of exponentials. */
  F most() const {
    F value = column(0);
    for (ptrdiff_t c = 1; c < width; c++) value = maximum(value, column(c));
    return value;
  }
  F sumOfExponentials(F shift) const {
    F total = F{};
    for (ptrdiff_t c = 0; c < width; c++) total += exponential(column(c) - shift);
    return total;
  }
  /** Writes value `c` of each row of `to`, laid out as x is. */
  void storeColumn(float* to, ptrdiff_t c, F value) const {
    float lanes[W];
    store(lanes, value);
    for (ptrdiff_t row = 0; row < count; row++) to[row * width + c] = lanes[row];
  }
};

}  // namespace gdiff::GDIFF_ISA
