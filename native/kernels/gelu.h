/**
 * GELU, tanh form (arXiv:1606.08415, section 2), and its derivative, written with the sigmoid since
 * ½(1 + tanh z) = sigmoid(2z): gelu(x) = x · s, s = sigmoid(x (c₀ + c₁ x²)).
 */
#pragma once

#include "power.h"

namespace gdiff::GDIFF_ISA {

/** 2 √(2/π), and 0.044715 times that. */
constexpr float kGeluLinear = 1.5957691216057308f, kGeluCubic = 0.07135481282617899f;

/** 1 / x of a normal x that is not huge, to 1e-7 or nearly. */
GDIFF_INLINE F reciprocal(F x) {
#if defined(__AVX512F__)
  const F guess = (F)_mm512_maskz_rcp14_ps(0xffff, (__m512)x);
  return guess * (splat(2.0f) - x * guess);
#else
  return splat(1.0f) / x;
#endif
}

/** Where results are rounded to bfloat16 a shorter polynomial does, with a relative error of 3e-6. */
template <class Unit>
GDIFF_INLINE F geluSigmoid(F x) {
  const F inner = x * (splat(kGeluCubic) * x * x + splat(kGeluLinear));
  if constexpr (!Unit::isRounded) return sigmoid(inner);
  const F power = inner * splat(-kLog2E), most = splat(126.0f);
  return reciprocal(splat(1.0f) + powerOf2<Unit>(power > most ? most : power));
}

template <class Unit>
GDIFF_INLINE F geluOf(F x) {
  return x * geluSigmoid<Unit>(x);
}

/** d gelu / dx = s + x s (1 − s) (c₀ + 3 c₁ x²), given s of the same x. */
GDIFF_INLINE F geluSlopeOf(F x, F s) {
  // Past ±10 the second term is below float32's least; held there, it cannot be 0 · infinity.
  const F held = maximum(minimum(x, splat(10.0f)), splat(-10.0f));
  const F inner = splat(3 * kGeluCubic) * held * held + splat(kGeluLinear);
  return s + held * s * (splat(1.0f) - s) * inner;
}

template <class Unit>
GDIFF_INLINE F geluSlope(F x) {
  return geluSlopeOf(x, geluSigmoid<Unit>(x));
}

/** Both at the price of one. */
template <class Unit>
GDIFF_INLINE void geluWithSlope(F x, F& value, F& slope) {
  const F s = geluSigmoid<Unit>(x);
  value = x * s;
  slope = geluSlopeOf(x, s);
}

}  // namespace gdiff::GDIFF_ISA
