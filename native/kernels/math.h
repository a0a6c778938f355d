/** Elementary functions of vectors, to float32 rounding or nearly; NaN stays NaN. */
#pragma once

#include "simd.h"

namespace gdiff::GDIFF_ISA {

/** Nearest integer of |x| < 2^22, ties to even. */
GDIFF_INLINE F nearest(F x) {
  const F shift = splat(12582912.0f);  // 1.5 · 2^23: adding it leaves no room for a fraction
  F moved = x + shift;
  __asm__("" : "+m"(moved));
  return moved - shift;
}

/**
 * e^x: x = n ln 2 + r with |r| ≤ ½ ln 2, e^r by its Taylor polynomial of degree 7 (relative error below 2e-8),
 * 2^n by the exponent. 0 below −87.3, where the result would be subnormal; infinity above 88.7.
 */
GDIFF_INLINE F exponential(F x) {
  const F low = splat(-87.33654f), high = splat(88.72283f);
  const F clamped = x < low ? low : (x > high ? high : x);
#if defined(__AVX512F__)
  const F n = (F)_mm512_maskz_roundscale_ps(0xffff, (__m512)(clamped * splat(1.44269504f)), 0);
#else
  const F n = nearest(clamped * splat(1.44269504f));
#endif
  const F r = (clamped - n * splat(0.693359375f)) + n * splat(2.12194440e-4f);  // ln 2 in two parts
  F p = splat(1.0f / 5040);
  p = p * r + splat(1.0f / 720);
  p = p * r + splat(1.0f / 120);
  p = p * r + splat(1.0f / 24);
  p = p * r + splat(1.0f / 6);
  p = p * r + splat(0.5f);
  p = p * r + splat(1.0f);
  p = p * r + splat(1.0f);
#if defined(__AVX512F__)
  F result = (F)_mm512_maskz_scalef_ps(0xffff, (__m512)p, (__m512)n);
#else
  // In two factors: 2^128 has no exponent of its own.
  const I half = __builtin_convertvector(n, I) >> 1;
  const I rest = __builtin_convertvector(n, I) - half;
  F result = p * fromBits((half + 127) << 23) * fromBits((rest + 127) << 23);
#endif
  result = x < low ? F{} : result;
  result = x > high ? splat(__builtin_inff()) : result;
  return x == x ? result : x;
}

/**
 * ln x, within 1 ulp: x = 2^n m with m in [√½, √2), ln m = f − f²/2 + s (f²/2 + R(s²)), f = m − 1, s = f / (2 + f); R by
 * FreeBSD's polynomial (msun, e_logf.c). −infinity at 0, NaN below, infinity at infinity.
 */
GDIFF_INLINE F logarithm(F x) {
  const auto isSubnormal = x < splat(1.17549435e-38f);
  // Unsigned: a NaN's bits may overflow; what comes of them is not used.
  const U32 read = reinterpret_cast<U32>(isSubnormal ? x * splat(33554432.0f) : x);
  const I bits = reinterpret_cast<I>(read + (0x3f800000u - 0x3f3504f3u));
  const I exponent = (bits >> 23) - 127 - (isSubnormal ? I{} + 25 : I{});
  const F f = fromBits((bits & 0x007fffff) + 0x3f3504f3) - splat(1.0f);
  const F n = __builtin_convertvector(exponent, F);
  const F s = f / (splat(2.0f) + f);
  const F z = s * s, w = z * z;
  const F rest = z * (splat(0.66666662693f) + w * splat(0.28498786688f)) +
                 w * (splat(0.40000972152f) + w * splat(0.24279078841f));
  const F half = splat(0.5f) * f * f;
  F result = n * splat(6.9313812256e-01f) - ((half - (s * (half + rest) + n * splat(9.0580006145e-06f))) - f);
  const F infinity = splat(__builtin_inff());
  result = x == infinity ? x : result;
  result = x == F{} ? -infinity : result;
  return x >= F{} ? result : splat(__builtin_nanf(""));
}

/** 1 / (1 + e^−x) */
GDIFF_INLINE F sigmoid(F x) { return splat(1.0f) / (splat(1.0f) + exponential(-x)); }

}  // namespace gdiff::GDIFF_ISA
