/** The attention sublayer, forward, a few sequences at a time. */
#pragma once

#include "../norm_rows.h"
#include "../packed_weight.h"
#include "forward.h"
#include "sublayer_layout.h"

namespace gdiff::GDIFF_ISA {

/** The weights of the forward pass as B. */
template <class Unit>
struct SublayerWeights {
  const typename Unit::T* qkv;  // [width, 3 · width]
  const typename Unit::T* out;  // [width, width]
  const float* gain;
  RotaryTable rotary;
};

/** Heads whose projections are made at a time: about 256 columns that start a panel. */
static inline ptrdiff_t headsOfChunk(ptrdiff_t headWidth) {
  ptrdiff_t fewest = 1;
  while (fewest * headWidth % kPanel != 0) fewest++;
  const ptrdiff_t columns = 256;
  return fewest * greater(1, columns / (fewest * headWidth));
}

/** Norm, projection and rotary of a block of rows, into the heads' layout. */
template <class Unit>
static void projectRows(const SublayerLayout<Unit>& at, const SublayerWeights<Unit>& weights, float epsilon,
                        const float* x, ptrdiff_t block, const SublayerKept<Unit>& to) {
  using T = typename Unit::T;
  const ptrdiff_t first = block * kSublayerRows, count = at.rowsOf(block), chunk = headsOfChunk(at.headWidth);
  Scratch scratch;
  T* normed = scratch.take<T>(kSublayerRows * at.widthStride);
  float* tile = scratch.take<float>(kSublayerRows * chunk * at.headWidth);
  normaliseRows<LayerNorm, Unit>(normed, at.widthStride, x + first * at.width, weights.gain, count, at.width, epsilon);
  for (ptrdiff_t from = 0; from < 3 * at.heads; from += chunk) {
    const ptrdiff_t heads = smaller(chunk, 3 * at.heads - from), columns = heads * at.headWidth;
    const ptrdiff_t panel = from * at.headWidth / kPanel;
    multiply<Unit>(count, columns, at.widthStride, normed, at.widthStride,
                   weights.qkv + panel * panelSize<Unit>(at.width), tile, columns, false);
    for (ptrdiff_t i = 0; i < heads; i++) {
      const ptrdiff_t part = (from + i) / at.heads, head = (from + i) % at.heads;
      for (ptrdiff_t r = 0; r < count; r++) {
        const ptrdiff_t row = (first + r) / at.length, position = (first + r) % at.length;
        float* values = tile + r * columns + i * at.headWidth;
        if (part < 2) rotateRow(values, values, weights.rotary, position, at.headWidth, 1.0f);
        if (part == 0) scaleRow(values, at.headWidth, at.scale);
        T* place = to.qkv + at.headPlace(3, row, part, head, position);
        narrowRow<Unit>(place, values, at.headWidth);
        zeroFrom<Unit>(place, at.headWidth, at.headStride);
      }
    }
  }
}

/** y = x + attended outᵀ for a block of rows. */
template <class Unit>
static void addProjectedRows(const SublayerLayout<Unit>& at, const SublayerWeights<Unit>& weights, const float* x,
                             ptrdiff_t block, typename Unit::T* attended, float* y) {
  const ptrdiff_t first = block * kSublayerRows, count = at.rowsOf(block);
  for (ptrdiff_t row = first; row < first + count; row++) {
    copyRow(y + row * at.width, x + row * at.width, at.width);
    zeroFrom<Unit>(attended + row * at.widthStride, at.width, at.widthStride);
  }
  multiply<Unit>(count, at.width, at.widthStride, attended + first * at.widthStride, at.widthStride, weights.out,
                 y + first * at.width, at.width, true);
}

/** All sequences of `shape`, through `kept`. */
template <class Unit>
static void sublayerForward(const AttentionSublayerShape& shape, const SublayerWeights<Unit>& weights, const float* x,
                            float* y, const SublayerKept<Unit>& kept, bool keepsLse) {
  const SublayerLayout<Unit> at(shape);
  parallelFor(static_cast<size_t>(at.blocks()), [&](size_t block) {
    projectRows(at, weights, shape.epsilon, x, static_cast<ptrdiff_t>(block), kept);
  });
  attendHeads<Unit>(
      shape.attention, keepsLse ? kept.lse : nullptr,
      [&](size_t row, size_t head) { return kept.head(at, shape.attention, row, head); },
      [&](size_t row, size_t head, ptrdiff_t query, const float* values) {
        const ptrdiff_t place = static_cast<ptrdiff_t>(row) * at.length + query;
        const ptrdiff_t column = static_cast<ptrdiff_t>(head) * at.headWidth;
        narrowRow<Unit>(kept.attended + place * at.widthStride + column, values, at.headWidth);
      });
  parallelFor(static_cast<size_t>(at.blocks()), [&](size_t block) {
    addProjectedRows(at, weights, x, static_cast<ptrdiff_t>(block), kept.attended, y);
  });
}

/** The same without anything kept: some thousand rows at a time, whose activations stay in a cache. */
template <class Unit>
static void sublayerForwardUnkept(const AttentionSublayerShape& shape, const SublayerWeights<Unit>& weights,
                                  const float* x, float* y) {
  constexpr size_t kRows = 8192;
  const AttentionShape& all = shape.attention;
  const size_t each = all.queries == 0 || all.queries > kRows ? 1 : kRows / all.queries;
  for (size_t row = 0; row < all.batch; row += each) {
    AttentionSublayerShape part = shape;
    part.attention.batch = row + each < all.batch ? each : all.batch - row;
    if (all.lengths != nullptr) part.attention.lengths = all.lengths + row;
    Scratch scratch;
    const SublayerLayout<Unit> at(part);
    const size_t place = row * all.queries * shape.width();
    sublayerForward<Unit>(part, weights, x + place, y + place, {scratch.bytes(at.bytes()), at}, false);
  }
}

}  // namespace gdiff::GDIFF_ISA
