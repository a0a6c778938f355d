/**
 * Elementary functions of one float64, to well under float32's rounding, without branches: the compiler makes vector
 * loops of them. Their results are rounded to float32 by the caller, subnormals and infinities included.
 */
#pragma once

#include <cstdint>

#include "simd.h"

namespace gdiff::GDIFF_ISA {

GDIFF_INLINE int64_t bitsOf(double value) {
  int64_t bits;
  __builtin_memcpy(&bits, &value, 8);
  return bits;
}
GDIFF_INLINE double doubleOf(int64_t bits) {
  double value;
  __builtin_memcpy(&value, &bits, 8);
  return value;
}

/**
 * e^x: x = n ln 2 + r with |r| ≤ ½ ln 2, e^r by its Taylor polynomial of degree 11 (relative error below 1e-14). Held
 * within e^±708: what lies beyond is 0 or infinite in float32.
 */
GDIFF_INLINE double wideExp(double x) {
  const double low = x < -708.0 ? -708.0 : x;
  const double held = low > 708.0 ? 708.0 : low;
  const double shift = 6755399441055744.0;  // 1.5 · 2^52: its last bits are the integer n
  const double moved = held * 1.4426950408889634 + shift;
  const double n = moved - shift;
  const double r = held - n * 0.6931471805599453;
  double p = 1.0 / 39916800;
  p = p * r + 1.0 / 3628800;
  p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  return p * doubleOf(static_cast<int64_t>((static_cast<uint64_t>(bitsOf(moved)) + 1023) << 52));
}

/**
 * ln x: x = m 2^n with m in [√½, √2), ln m = 2 artanh s with s = (m − 1) / (m + 1), |s| ≤ 0.172, by its series to s^15
 * (relative error below 1e-13). −∞ at 0, NaN below. Subnormals of float32 are normal here.
 */
GDIFF_INLINE double wideLog(double x) {
  const int64_t bits = bitsOf(x);
  const int64_t mantissa = (bits & 0x000fffffffffffff) | 0x3ff0000000000000;
  const double whole = doubleOf(mantissa);
  const bool isHigh = whole > 1.4142135623730951;
  const double m = isHigh ? whole * 0.5 : whole;
  const double shift = 4503599627370496.0;  // 2^52: its last bits become the biased exponent
  const double biased = doubleOf(static_cast<int64_t>(static_cast<uint64_t>(bits) >> 52) | bitsOf(shift)) - shift;
  const double n = biased - (isHigh ? 1022.0 : 1023.0);
  const double s = (m - 1.0) / (m + 1.0), square = s * s;
  double p = 1.0 / 15;
  p = p * square + 1.0 / 13;
  p = p * square + 1.0 / 11;
  p = p * square + 1.0 / 9;
  p = p * square + 1.0 / 7;
  p = p * square + 1.0 / 5;
  p = p * square + 1.0 / 3;
  p = p * square + 1.0;
  const double finite = n * 0.6931471805599453 + 2.0 * s * p;
  const double above = x > 0.0 ? finite : (x < 0.0 ? __builtin_nan("") : -__builtin_inf());
  return x < __builtin_inf() ? above : x;  // also for NaN
}

GDIFF_INLINE double wideExpm1(double x) {
  return __builtin_fabs(x) < 1e-5 ? x * (1.0 + x * (0.5 + x * (1.0 / 6))) : wideExp(x) - 1.0;
}
GDIFF_INLINE double wideLog1p(double x) {
  return __builtin_fabs(x) < 1e-5 ? x * (1.0 - x * (0.5 - x * (1.0 / 3))) : wideLog(1.0 + x);
}
GDIFF_INLINE double wideTanh(double x) {
  const double e = wideExp(2.0 * x);
  const double plain = (e - 1.0) / (e + 1.0);
  return __builtin_fabs(x) < 1e-4 ? x * (1.0 - x * x * (1.0 / 3)) : plain;
}

}  // namespace gdiff::GDIFF_ISA
