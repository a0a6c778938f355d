/**
 * The two ways a product is computed: exactly in float32, or with operands rounded to bfloat16 and sums in float32.
 * A unit names how an operand is stored and which instruction multiplies; everything above is a template of it.
 *
 * Both operands run along the inner dimension k in steps: 1 value in float32, 2 in bfloat16 (the pair that one lane of
 * the dot-product instruction takes).
 */
#pragma once

#include "simd.h"
#include "tiles.h"

namespace gdiff::GDIFF_ISA {

struct Float32 {
  /** How an operand's value is stored. */
  using T = float;
  /** Values of k that one instruction takes. */
  static constexpr int step = 1;
  /** k is padded with zeros to a multiple of this. */
  static constexpr int kMultiple = 1;
  static constexpr bool isRounded = false;

  using Pair = F;
  GDIFF_INLINE F splatA(const float* a) { return splat(*a); }
  GDIFF_INLINE F loadB(const float* b) { return load(b); }
  GDIFF_INLINE F multiplyAdd(F sum, F a, F b) { return sum + a * b; }
  GDIFF_INLINE float narrow(float value) { return value; }
  GDIFF_INLINE F narrow(F value) { return value; }
  GDIFF_INLINE void narrowTo(float* to, F value) { store(to, value); }
  GDIFF_INLINE F widen(const float* from) { return load(from); }
};

#if defined(__AVX512BF16__) || defined(GDIFF_HAS_TILES)

struct Bfloat16 {
  using T = uint16_t;
  static constexpr int step = 2;
#if defined(GDIFF_HAS_TILES)
  static constexpr int kMultiple = 32;
#else
  static constexpr int kMultiple = 2;
#endif
  static constexpr bool isRounded = true;

#if defined(__AVX512BF16__)
  using Pair = __m512bh;
  GDIFF_INLINE Pair splatA(const uint16_t* a) {
    int32_t pair;
    __builtin_memcpy(&pair, a, 4);
    return (__m512bh)_mm512_set1_epi32(pair);
  }
  GDIFF_INLINE Pair loadB(const uint16_t* b) { return (__m512bh)_mm512_loadu_si512(b); }
  GDIFF_INLINE F multiplyAdd(F sum, Pair a, Pair b) {
    return (F)_mm512_dpbf16_ps((__m512)sum, a, b);
  }
  GDIFF_INLINE H narrow(F value) { return (H)_mm512_cvtneps_pbh((__m512)value); }
#else
  GDIFF_INLINE H narrow(F value) { return toBf16(value); }
#endif
  GDIFF_INLINE uint16_t narrow(float value) { return toBf16(value); }
  GDIFF_INLINE void narrowTo(uint16_t* to, F value) { storeBf16(to, narrow(value)); }
  GDIFF_INLINE F widen(const uint16_t* from) { return fromBf16(loadBf16(from)); }
};

#else

/** No bfloat16 instruction here: operands are rounded to its values and kept in float32. */
struct Bfloat16 : Float32 {
  static constexpr bool isRounded = true;
  GDIFF_INLINE float narrow(float value) { return fromBf16(toBf16(value)); }
  GDIFF_INLINE F narrow(F value) { return fromBf16(toBf16(value)); }
  GDIFF_INLINE void narrowTo(float* to, F value) { store(to, narrow(value)); }
};

#endif

/** k rounded up to what the unit's instructions take. */
template <class Unit>
constexpr ptrdiff_t padded(ptrdiff_t k) {
  return (k + Unit::kMultiple - 1) / Unit::kMultiple * Unit::kMultiple;
}

}  // namespace gdiff::GDIFF_ISA
