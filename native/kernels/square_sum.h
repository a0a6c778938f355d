/** Sums of squares in float64, whose terms no float32 overflows or loses. */
#pragma once

#include "simd.h"

namespace gdiff::GDIFF_ISA {

class SquareSum {
 public:
  void add(F values) {
    Half halves[2];
    __builtin_memcpy(halves, &values, sizeof halves);
    const Doubles low = __builtin_convertvector(halves[0], Doubles);
    const Doubles high = __builtin_convertvector(halves[1], Doubles);
    low_ += low * low;
    high_ += high * high;
  }

  /** Lane by lane. */
  double total() const {
    const Doubles both = low_ + high_;
    double sum = 0;
    for (int i = 0; i < W / 2; i++) sum += both[i];
    return sum;
  }

 private:
  using Half = float __attribute__((vector_size(W * 2)));
  using Doubles = double __attribute__((vector_size(W * 4)));
  Doubles low_ = {};
  Doubles high_ = {};
};

}  // namespace gdiff::GDIFF_ISA
