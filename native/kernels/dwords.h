/**
 * Operands as the 32-bit values that products take along k: one float32, or a pair of bfloat16 with the lower k in the
 * lower half. A source is float32, narrowed on the way, or an operand kept earlier in the unit's own type.
 */
#pragma once

#include "unit.h"

namespace gdiff::GDIFF_ISA {

using IMemory = int32_t __attribute__((vector_size(W * 4), aligned(2), may_alias));

GDIFF_INLINE void storeDwords(void* to, I value, ptrdiff_t count) {
  if (count >= W) *static_cast<IMemory*>(to) = value;
  else storePart(static_cast<float*>(to), reinterpret_cast<F>(value), count);
}

GDIFF_INLINE H loadPartBf16(const uint16_t* from, ptrdiff_t count) {
#if defined(__AVX512BW__) && defined(__AVX512VL__)
  return (H)_mm256_maskz_loadu_epi16(static_cast<__mmask16>((1u << count) - 1), from);
#else
  uint16_t whole[W] = {};
  for (ptrdiff_t i = 0; i < W && i < count; i++) whole[i] = from[i];
  return loadBf16(whole);
#endif
}

/** W values as the unit stores them, zeros from `count` on; count may be 0 or less. */
template <class Unit>
GDIFF_INLINE auto narrowed(const float* from, ptrdiff_t count) {
  return Unit::narrow(count >= W ? load(from) : count > 0 ? loadPart(from, count) : F{});
}
template <class Unit>
GDIFF_INLINE H narrowed(const uint16_t* from, ptrdiff_t count) {
  return count >= W ? loadBf16(from) : count > 0 ? loadPartBf16(from, count) : H{};
}

/** W pairs of 2 W successive values. */
GDIFF_INLINE I wholePairs(const uint16_t* from) { return *reinterpret_cast<const IMemory*>(from); }
GDIFF_INLINE I wholePairs(const float* from) {
#if defined(__AVX512BF16__)
  return (I)_mm512_cvtne2ps_pbh((__m512)load(from + W), (__m512)load(from));
#else
  uint16_t pairs[2 * W];
  storeBf16(pairs, toBf16(load(from)));
  storeBf16(pairs + W, toBf16(load(from + W)));
  return wholePairs(pairs);
#endif
}

/** W dwords of a source that is contiguous along k: `count` values are there, zeros follow. */
template <class Unit, class S>
GDIFF_INLINE I dwordsAlong(const S* from, ptrdiff_t count) {
  if constexpr (Unit::step == 1) {
    return reinterpret_cast<I>(narrowed<Unit>(from, count));
  } else {
    if (count >= 2 * W) return wholePairs(from);
    const H halves[2] = {narrowed<Unit>(from, count), narrowed<Unit>(from + W, count - W)};
    I both;
    __builtin_memcpy(&both, halves, sizeof both);
    return both;
  }
}

/**
 * W dwords side by side of a source whose rows are successive k.
 *
 * @param rows of k from here on, 0 or less for none
 * @param count columns that are there
 */
template <class Unit, class S>
GDIFF_INLINE I dwordsAcross(const S* from, ptrdiff_t ld, ptrdiff_t rows, ptrdiff_t count) {
  const ptrdiff_t first = rows > 0 ? count : 0;
  if constexpr (Unit::step == 1) {
    return reinterpret_cast<I>(narrowed<Unit>(from, first));
  } else {
    const U32 low = __builtin_convertvector(narrowed<Unit>(from, first), U32);
    const U32 high = __builtin_convertvector(narrowed<Unit>(from + ld, rows > 1 ? count : 0), U32);
    return reinterpret_cast<I>(low | high << 16);
  }
}

}  // namespace gdiff::GDIFF_ISA
