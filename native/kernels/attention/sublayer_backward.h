/** The attention sublayer, backward. */
#pragma once

#include "../add_blocks.h"
#include "../norm_rows.h"
#include "../packed_weight.h"
#include "../weight_gradient.h"
#include "backward_heads.h"
#include "sublayer_layout.h"

namespace gdiff::GDIFF_ISA {

GDIFF_INLINE F widened(F value) { return value; }
GDIFF_INLINE F widened(H value) { return fromBf16(value); }

/** Σ a b of `count` operands. */
template <class Unit>
static inline float dotOperands(const typename Unit::T* a, const typename Unit::T* b, ptrdiff_t count) {
  F total = F{};
  for (ptrdiff_t i = 0; i < count; i += W)
    total += widened(narrowed<Unit>(a + i, count - i)) * widened(narrowed<Unit>(b + i, count - i));
  return sum(total);
}

/** What the backward pass makes on its way. */
template <class Unit>
struct SublayerSlopes {
  using T = typename Unit::T;
  T* attended;   // [batch, heads, length, headStride]: gradient of attention's output
  float* delta;  // [batch, heads, length]: its dot product with the output
  T* qkv;        // [rows, qkvStride]: gradient of the projections
  T* normed;     // [rows, widthStride]: the normalised rows once more
  float* gain;   // [blocks, width]: sums of a block of rows

  SublayerSlopes(Scratch& scratch, const SublayerLayout<Unit>& at)
      : attended(scratch.take<T>(at.batch * at.heads * at.length * at.headStride)),
        delta(scratch.take<float>(at.batch * at.heads * at.length)),
        qkv(scratch.take<T>(at.rows * at.qkvStride)),
        normed(scratch.take<T>(at.rows * at.widthStride)),
        gain(scratch.take<float>(at.blocks() * at.width)) {}
};

/** dy out of a block of rows: the gradient of attention's output, and delta. */
template <class Unit>
static void differentiateOut(const SublayerLayout<Unit>& at, const typename Unit::T* outBack, const float* dy,
                             ptrdiff_t block, const SublayerKept<Unit>& kept, const SublayerSlopes<Unit>& to) {
  using T = typename Unit::T;
  const ptrdiff_t first = block * kSublayerRows, count = at.rowsOf(block);
  Scratch scratch;
  T* slopes = scratch.take<T>(kSublayerRows * at.widthStride);
  float* tile = scratch.take<float>(kSublayerRows * at.width);
  packA<Unit>(slopes, dy + first * at.width, at.width, count, at.width);
  multiply<Unit>(count, at.width, at.widthStride, slopes, at.widthStride, outBack, tile, at.width, false);
  for (ptrdiff_t head = 0; head < at.heads; head++)
    for (ptrdiff_t r = 0; r < count; r++) {
      const ptrdiff_t row = (first + r) / at.length, position = (first + r) % at.length;
      const ptrdiff_t place = at.headPlace(1, row, 0, head, position), column = head * at.headWidth;
      T* slope = to.attended + place;
      narrowRow<Unit>(slope, tile + r * at.width + column, at.headWidth);
      zeroFrom<Unit>(slope, at.headWidth, at.headStride);
      const T* attended = kept.attended + (first + r) * at.widthStride + column;
      to.delta[place / at.headStride] = dotOperands<Unit>(slope, attended, at.headWidth);
    }
}

/** Attention and rotary: the gradient of the projections. */
template <class Unit>
static void differentiateCore(const AttentionSublayerShape& shape, const SublayerLayout<Unit>& at,
                              const RotaryTable& rotary, const SublayerKept<Unit>& kept,
                              const SublayerSlopes<Unit>& slopes) {
  const auto put = [&](size_t row, size_t head, ptrdiff_t position, ptrdiff_t part, const float* values) {
    const ptrdiff_t place = static_cast<ptrdiff_t>(row) * at.length + position;
    const ptrdiff_t column = part * at.width + static_cast<ptrdiff_t>(head) * at.headWidth;
    narrowRow<Unit>(slopes.qkv + place * at.qkvStride + column, values, at.headWidth);
  };
  differentiateHeads<Unit>(
      shape.attention, at.scale,
      [&](size_t row, size_t head) { return kept.head(at, shape.attention, row, head); },
      [&](size_t row, size_t head) {
        const ptrdiff_t place = at.headPlace(1, static_cast<ptrdiff_t>(row), 0, static_cast<ptrdiff_t>(head), 0);
        const ptrdiff_t line = place / at.headStride;
        return HeadGradient<Unit>{slopes.attended + place, slopes.delta + line, kept.lse + line};
      },
      [&](size_t row, size_t head, ptrdiff_t query, float* dq) {
        rotateRow(dq, dq, rotary, query, at.headWidth, -1.0f);
        put(row, head, query, 0, dq);
      },
      [&](size_t row, size_t head, ptrdiff_t key, float* dk, const float* dv) {
        rotateRow(dk, dk, rotary, key, at.headWidth, -1.0f);
        put(row, head, key, 1, dk);
        put(row, head, key, 2, dv);
      });
}

/** The projections and the norm of a block of rows: dx with the residual's gradient, and the block's part of dGain. */
template <class Unit>
static void differentiateProjection(const SublayerLayout<Unit>& at, const typename Unit::T* qkvBack, const float* gain,
                                    float epsilon, const float* x, const float* dy, ptrdiff_t block,
                                    const SublayerSlopes<Unit>& slopes, float* dx) {
  const ptrdiff_t first = block * kSublayerRows, count = at.rowsOf(block);
  Scratch scratch;
  float* tile = scratch.take<float>(kSublayerRows * at.width);
  for (ptrdiff_t row = first; row < first + count; row++)
    zeroFrom<Unit>(slopes.qkv + row * at.qkvStride, 3 * at.width, at.qkvStride);
  multiply<Unit>(count, at.width, at.qkvStride, slopes.qkv + first * at.qkvStride, at.qkvStride, qkvBack, tile,
                 at.width, false);
  float* dGain = slopes.gain + block * at.width;
  for (ptrdiff_t i = 0; i < at.width; i++) dGain[i] = 0;
  for (ptrdiff_t r = 0; r < count; r++) {
    const ptrdiff_t place = (first + r) * at.width;
    normaliseRow<LayerNorm, Unit>(slopes.normed + (first + r) * at.widthStride, x + place, gain, at.width, epsilon);
    normaliseRowBackward<LayerNorm>(dx + place, dy + place, dGain, x + place, gain, tile + r * at.width, at.width,
                                    epsilon);
  }
}

template <class Unit>
static void sublayerBackward(const AttentionSublayerShape& shape, const AttentionSublayerWeights& weights,
                             const float* x, const SublayerKept<Unit>& kept, const float* dy, float* dx,
                             const AttentionSublayerGradients& gradients) {
  const SublayerLayout<Unit> at(shape);
  Scratch scratch;
  const SublayerSlopes<Unit> slopes(scratch, at);
  const auto* outBack = packWeight<Unit>(scratch, Operand<float>{weights.out, at.width, false}, at.width, at.width);
  const auto* qkvBack =
      packWeight<Unit>(scratch, Operand<float>{weights.qkv, at.width, false}, 3 * at.width, at.width);
  parallelFor(static_cast<size_t>(at.blocks()), [&](size_t block) {
    differentiateOut(at, outBack, dy, static_cast<ptrdiff_t>(block), kept, slopes);
  });
  differentiateCore(shape, at, {weights.cos, weights.sin}, kept, slopes);
  parallelFor(static_cast<size_t>(at.blocks()), [&](size_t block) {
    differentiateProjection(at, qkvBack, weights.gain, shape.epsilon, x, dy, static_cast<ptrdiff_t>(block), slopes,
                            dx);
  });
  addBlocks(gradients.gain, slopes.gain, static_cast<size_t>(at.blocks()), static_cast<size_t>(at.width));
  weightGradient<Unit>(at.rows, 3 * at.width, at.width, slopes.qkv, at.qkvStride, slopes.normed, at.widthStride,
                       gradients.qkv, false);
  const auto* attended = static_cast<const typename Unit::T*>(kept.attended);
  weightGradient<Unit>(at.rows, at.width, at.width, dy, at.width, attended, at.widthStride, gradients.out, false);
}

}  // namespace gdiff::GDIFF_ISA
