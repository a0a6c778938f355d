/**
 * Vectors of float32 as wide as the instruction set that this file is compiled for, by the compilers' vector
 * extension (GCC, Clang): arithmetic, comparisons and `mask ? a : b` are operators. Everything here is static
 * inline and uses no standard library code, which a linker could take from a file compiled for a newer processor.
 */
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#ifndef GDIFF_ISA
#error "compile with -DGDIFF_ISA=<namespace of the instruction set>"
#endif

namespace gdiff::GDIFF_ISA {

#if defined(__AVX512F__)
constexpr int W = 16;
#elif defined(__AVX2__)
constexpr int W = 8;
#else
constexpr int W = 4;
#endif

using F = float __attribute__((vector_size(W * 4)));
using I = int32_t __attribute__((vector_size(W * 4)));
using U32 = uint32_t __attribute__((vector_size(W * 4)));
using H = uint16_t __attribute__((vector_size(W * 2)));

/** The same without alignment, for memory. */
using FMemory = float __attribute__((vector_size(W * 4), aligned(4), may_alias));
using HMemory = uint16_t __attribute__((vector_size(W * 2), aligned(2), may_alias));

#define GDIFF_INLINE static inline __attribute__((always_inline, unused))

/** Subtracts nothing, which the compiler leaves out (added, nothing would turn -0 into 0). */
GDIFF_INLINE F splat(float value) { return value - F{}; }
GDIFF_INLINE F load(const float* from) { return *reinterpret_cast<const FMemory*>(from); }
GDIFF_INLINE void store(float* to, F value) { *reinterpret_cast<FMemory*>(to) = value; }

/** The first `count` values, 0 ≤ count < W; zeros follow. */
GDIFF_INLINE F loadPart(const float* from, ptrdiff_t count) {
#if defined(__AVX512F__)
  return reinterpret_cast<F>(_mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << count) - 1), from));
#else
  float whole[W] = {};
  for (ptrdiff_t i = 0; i < W && i < count; i++) whole[i] = from[i];
  return load(whole);
#endif
}
GDIFF_INLINE void storePart(float* to, F value, ptrdiff_t count) {
#if defined(__AVX512F__)
  _mm512_mask_storeu_ps(to, static_cast<__mmask16>((1u << count) - 1), reinterpret_cast<__m512>(value));
#else
  float whole[W];
  store(whole, value);
  for (ptrdiff_t i = 0; i < W && i < count; i++) to[i] = whole[i];
#endif
}

/** W values or, at a row's end, fewer. */
GDIFF_INLINE F loadUpTo(const float* from, ptrdiff_t count) {
  return count >= W ? load(from) : loadPart(from, count);
}
GDIFF_INLINE void storeUpTo(float* to, F value, ptrdiff_t count) {
  if (count >= W) store(to, value);
  else storePart(to, value, count);
}

/** Sum of the lanes by halves, the same order on every call. */
GDIFF_INLINE float sum(F value) {
  float lane[W];
  store(lane, value);
  for (int half = W / 2; half > 0; half /= 2)
    for (int i = 0; i < half; i++) lane[i] += lane[i + half];
  return lane[0];
}
/** Largest lane; NaN when a lane is. */
GDIFF_INLINE float largest(F value) {
  float lane[W];
  store(lane, value);
  float most = lane[0];
  for (int i = 1; i < W; i++)
    if (lane[i] > most || lane[i] != lane[i]) most = lane[i];
  return most;
}

GDIFF_INLINE F maximum(F a, F b) { return a > b ? a : b; }
GDIFF_INLINE F minimum(F a, F b) { return a < b ? a : b; }

GDIFF_INLINE F squareRoot(F value) {
#if defined(__AVX512F__)
  return reinterpret_cast<F>(_mm512_maskz_sqrt_ps(0xffff, reinterpret_cast<__m512>(value)));
#elif defined(__AVX2__)
  return reinterpret_cast<F>(_mm256_sqrt_ps(reinterpret_cast<__m256>(value)));
#else
  for (int i = 0; i < W; i++) value[i] = __builtin_sqrtf(value[i]);
  return value;
#endif
}

GDIFF_INLINE I bitsOf(F value) { return reinterpret_cast<I>(value); }
GDIFF_INLINE F fromBits(I bits) { return reinterpret_cast<F>(bits); }

/** bfloat16, rounded to nearest, ties to even; NaN stays NaN. */
GDIFF_INLINE H toBf16(F value) {
  const U32 bits = reinterpret_cast<U32>(value);
  const U32 rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
  const U32 quiet = (bits >> 16) | 0x40u;
  return __builtin_convertvector(value == value ? rounded : quiet, H);
}
GDIFF_INLINE F fromBf16(H value) {
  return reinterpret_cast<F>(__builtin_convertvector(value, U32) << 16);
}
GDIFF_INLINE uint16_t toBf16(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, 4);
  if (value != value) return static_cast<uint16_t>((bits >> 16) | 0x40u);
  return static_cast<uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}
GDIFF_INLINE float fromBf16(uint16_t value) {
  const uint32_t bits = static_cast<uint32_t>(value) << 16;
  float result;
  __builtin_memcpy(&result, &bits, 4);
  return result;
}
GDIFF_INLINE H loadBf16(const uint16_t* from) { return *reinterpret_cast<const HMemory*>(from); }
GDIFF_INLINE void storeBf16(uint16_t* to, H value) { *reinterpret_cast<HMemory*>(to) = value; }

}  // namespace gdiff::GDIFF_ISA
