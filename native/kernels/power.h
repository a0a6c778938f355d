/** 2^x as softmax weights and gates need it: x is far below 0 or a little above. */
#pragma once

#include "math.h"
#include "unit.h"

namespace gdiff::GDIFF_ISA {

constexpr float kLog2E = 1.44269504f;

/**
 * 2^x for x ≤ 127, exactly 0 far below; NaN stays NaN. The polynomials of 2^r, |r| ≤ ½, have a relative error of 2e-9,
 * or of 3e-6 where the result is rounded to bfloat16 (Lawson's fit at 200 Chebyshev nodes).
 */
template <class Unit>
GDIFF_INLINE F powerOf2(F x) {
#if defined(__AVX512F__)
  const F low = splat(-160.0f);
  const F clamped = x < low ? low : x;
  const F n = (F)_mm512_maskz_roundscale_ps(0xffff, (__m512)clamped, 0);
#else
  const F low = splat(-126.0f);
  const F clamped = x < low ? low : x;
  const F n = nearest(clamped);
#endif
  const F r = clamped - n;
  F p;
  if constexpr (Unit::isRounded) {
    p = splat(0.00957015902f);
    p = p * r + splat(0.0559178293f);
    p = p * r + splat(0.240247428f);
    p = p * r + splat(0.693121791f);
    p = p * r + splat(0.999999285f);
  } else {
    p = splat(1.53458925e-4f);
    p = p * r + splat(1.33999309e-3f);
    p = p * r + splat(9.61848814e-3f);
    p = p * r + splat(0.0555032864f);
    p = p * r + splat(0.240226462f);
    p = p * r + splat(0.693147182f);
    p = p * r + splat(1.0f);
  }
#if defined(__AVX512F__)
  return (F)_mm512_maskz_scalef_ps(0xffff, (__m512)p, (__m512)n);
#else
  const F result = p * fromBits((__builtin_convertvector(n, I) + 127) << 23);
  return x < low ? F{} : result;
#endif
}

/** e^(score − shift), `shift2` being shift · log2 e. */
template <class Unit>
GDIFF_INLINE F weightOf(F score, F shift, F shift2) {
  if constexpr (Unit::isRounded) return powerOf2<Unit>(score * splat(kLog2E) - shift2);
  else return powerOf2<Unit>((score - shift) * splat(kLog2E));
}

}  // namespace gdiff::GDIFF_ISA
