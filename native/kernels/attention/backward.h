/**
 * Attention of one head, backward (arXiv:2307.08691, algorithm 2): weights are computed again from log-sum-exp, in
 * tiles of keys by queries. Sums have a fixed order: dK and dV over tiles of queries, dQ over groups of keys and, in a
 * group, over tiles of keys; so a group can be a task of its own.
 */
#pragma once

#include "../../parallel.h"
#include "../transpose.h"
#include "score_tile.h"

namespace gdiff::GDIFF_ISA {

/** What a head's gradient is computed from, besides its operands. */
template <class Unit>
struct HeadGradient {
  /** [queries, padded<Unit>(headWidth)]: gradient of the output. */
  const typename Unit::T* dOut;
  /** [queries]: Σ dOut · out. */
  const float* delta;
  /** [queries]: log Σ exp(score). */
  const float* lse;
};

/** Keys of one group of tiles: a quarter of them, whatever the batch or the threads. */
struct KeyGroups {
  ptrdiff_t keys;
  ptrdiff_t each;
  ptrdiff_t count;

  explicit KeyGroups(ptrdiff_t keys) : keys(keys) {
    constexpr ptrdiff_t kMost = 4;
    const ptrdiff_t tiles = (keys + kKeyTile - 1) / kKeyTile;
    each = (tiles + kMost - 1) / kMost * kKeyTile;
    count = (keys + each - 1) / each;
  }
  ptrdiff_t begin(ptrdiff_t group) const { return group * each; }
  ptrdiff_t end(ptrdiff_t group) const { return smaller(keys, (group + 1) * each); }
};

/** A tile of queries in the layouts that its products need. */
template <class Unit>
struct PackedQueries {
  using T = typename Unit::T;
  T* qColumns;     // qᵀ [headWidth, queries] as B
  T* qRows;        // q [queries, headWidth] as B
  T* dOutColumns;  // dOutᵀ
  T* dOutRows;     // dOut

  PackedQueries(Scratch& scratch, ptrdiff_t headWidth) {
    const ptrdiff_t columns = packedSize<Unit>(headWidth, kQueryTile), rows = packedSize<Unit>(kQueryTile, headWidth);
    qColumns = scratch.take<T>(columns);
    qRows = scratch.take<T>(rows);
    dOutColumns = scratch.take<T>(columns);
    dOutRows = scratch.take<T>(rows);
  }

  void pack(const Head<Unit>& head, const T* dOut, ptrdiff_t first, ptrdiff_t count) const {
    const ptrdiff_t stride = head.stride(), at = first * stride;
    packBTransposed<Unit>(qColumns, head.q + at, stride, head.headWidth, count);
    packB<Unit>(qRows, head.q + at, stride, count, head.headWidth);
    packBTransposed<Unit>(dOutColumns, dOut + at, stride, head.headWidth, count);
    packB<Unit>(dOutRows, dOut + at, stride, count, head.headWidth);
  }
};

/** Gradients of keys and values, [keys, stride] float32; a group's rows are zeroed before its first tile. */
struct KeyGradients {
  float* k;
  float* v;
  ptrdiff_t stride;
};

/**
 * Groups [firstGroup, lastGroup) of a head.
 *
 * @param partial (first query, group): where that tile's dQᵀ of that group goes, [headWidth, kQueryTile]
 * @param done (first query, count): all of these groups are done for the tile
 */
template <class Unit, class Partial, class Done>
static void differentiateGroups(const Head<Unit>& head, const HeadGradient<Unit>& gradient, const KeyGroups& groups,
                                ptrdiff_t firstGroup, ptrdiff_t lastGroup, const KeyGradients& out,
                                const Partial& partial, const Done& done) {
  using T = typename Unit::T;
  const ptrdiff_t stride = head.stride(), headWidth = head.headWidth;
  const ptrdiff_t begin = groups.begin(firstGroup), end = groups.end(lastGroup - 1);
  Scratch scratch;
  const ScoreTile<Unit> tile(scratch);
  const PackedQueries<Unit> packed(scratch, headWidth);
  const ptrdiff_t columnStride = padded<Unit>(end - begin);
  T* kColumns = scratch.take<T>(headWidth * columnStride);  // Kᵀ [headWidth, keys] as A
  packATransposed<Unit>(kColumns, head.k + begin * stride, stride, headWidth, end - begin);
  for (ptrdiff_t i = begin * out.stride; i < end * out.stride; i++) out.k[i] = out.v[i] = 0;

  for (ptrdiff_t first = 0; first < head.queries; first += kQueryTile) {
    const ptrdiff_t count = smaller(kQueryTile, head.queries - first);
    packed.pack(head, gradient.dOut, first, count);
    const QueryRows queries(gradient.lse, gradient.delta, head.pattern, first, count);
    for (ptrdiff_t group = firstGroup; group < lastGroup; group++) {
      float* dq = partial(first, group);
      for (ptrdiff_t i = 0; i < headWidth * kQueryTile; i++) dq[i] = 0;
      for (ptrdiff_t from = groups.begin(group); from < groups.end(group); from += kKeyTile) {
        const ptrdiff_t keys = smaller(kKeyTile, groups.end(group) - from);
        if (!head.pattern.touches(first, count, from, from + keys)) continue;
        multiply<Unit>(keys, count, stride, head.k + from * stride, stride, packed.qColumns, tile.scores,
                       kScoreStride, false);
        multiply<Unit>(keys, count, stride, head.v + from * stride, stride, packed.dOutColumns, tile.slopes,
                       kScoreStride, false);
        if (head.pattern.isFull()) tile.template differentiate<false>(queries, from, keys);
        else tile.template differentiate<true>(queries, from, keys);
        multiply<Unit>(keys, headWidth, padded<Unit>(count), tile.weights(), tile.stride(), packed.dOutRows,
                       out.v + from * out.stride, out.stride, true);
        multiply<Unit>(keys, headWidth, padded<Unit>(count), tile.gradients(), tile.stride(), packed.qRows,
                       out.k + from * out.stride, out.stride, true);
        multiply<Unit>(headWidth, count, padded<Unit>(keys), kColumns + (from - begin), columnStride, tile.packed, dq,
                       kQueryTile, true);
      }
    }
    done(first, count);
  }
}

/** The groups' sums in order, transposed: put(query, values) takes the headWidth values of each query. */
template <class Put>
static void putQueries(ptrdiff_t first, ptrdiff_t count, ptrdiff_t headWidth, ptrdiff_t groups, ptrdiff_t groupSize,
                       const float* partials, float scale, const Put& put) {
  Scratch scratch;
  const ptrdiff_t rowStride = roundedUp(headWidth, W);
  float* rows = scratch.take<float>(W * rowStride);
  for (ptrdiff_t column = 0; column < count; column += W) {
    for (ptrdiff_t i = 0; i < headWidth; i += W) {
      I square[W];
      for (ptrdiff_t j = 0; j < W; j++) {
        F total = F{};
        if (i + j < headWidth)
          for (ptrdiff_t group = 0; group < groups; group++)
            total += load(partials + group * groupSize + (i + j) * kQueryTile + column);
        square[j] = bitsOf(total * splat(scale));
      }
      transposeSquare(square);
      for (ptrdiff_t j = 0; j < W; j++) store(rows + j * rowStride + i, fromBits(square[j]));
    }
    for (ptrdiff_t j = 0; j < W && column + j < count; j++) put(first + column + j, rows + j * rowStride);
  }
}

}  // namespace gdiff::GDIFF_ISA
