/** Attention of one head, forward. */
#pragma once

#include "../../parallel.h"
#include "softmax_row.h"

namespace gdiff::GDIFF_ISA {

/** Queries of a tile: a multiple of the products' rows. With 1,024 keys its scores take 400 KB. */
constexpr ptrdiff_t kQueries = 96;

/** Keys and values of one head, packed in blocks of keys; a block's weights are whole rows of a tile. */
template <class Unit>
struct PackedKeys {
  using T = typename Unit::T;
  ptrdiff_t keys, block, headWidth;
  T* k;
  T* v;

  /** Blocks are small where a pattern leaves many out. */
  PackedKeys(Scratch& scratch, const Head<Unit>& head)
      : keys(head.pattern.keys), block(head.pattern.isFull() ? 1024 : 128), headWidth(head.headWidth) {
    const ptrdiff_t stride = head.stride(), blocks = (keys + block - 1) / block;
    k = scratch.take<T>(packedSize<Unit>(headWidth, keys));
    v = scratch.take<T>(blocks * valuesSize());
    packBTransposed<Unit>(k, head.k, stride, headWidth, keys);
    for (ptrdiff_t first = 0; first < keys; first += block)
      packB<Unit>(v + first / block * valuesSize(), head.v + first * stride, stride, countOf(first), headWidth);
  }

  ptrdiff_t countOf(ptrdiff_t first) const { return smaller(block, keys - first); }
  ptrdiff_t valuesSize() const { return packedSize<Unit>(smaller(block, keys), headWidth); }
  const T* keysFrom(ptrdiff_t first) const { return k + first / kPanel * panelSize<Unit>(headWidth); }
  const T* valuesFrom(ptrdiff_t first) const { return v + first / block * valuesSize(); }
};

/** Scratch of a tile of queries. */
struct QueryTile {
  /** Values between rows of scores; not a power of two, so that rows do not share a cache set. */
  ptrdiff_t scoreStride, sumStride;
  float* scores;
  float* sums;

  QueryTile(Scratch& scratch, ptrdiff_t keys, ptrdiff_t headWidth)
      : scoreStride(roundedUp(keys, 32) + kPanel), sumStride(roundedUp(headWidth, kPanel)) {
    scores = scratch.take<float>(kQueries * scoreStride);
    sums = scratch.take<float>(kQueries * sumStride);
  }
};

/**
 * Queries [first, first + count) of a head.
 *
 * @param lse [queries] or null
 * @param put (query, values): takes the headWidth outputs of each query
 */
template <class Unit, class Put>
static void attendTile(const Head<Unit>& head, const PackedKeys<Unit>& packed, const QueryTile& tile, ptrdiff_t first,
                       ptrdiff_t count, float* lse, const Put& put) {
  using T = typename Unit::T;
  const ptrdiff_t stride = head.stride(), headWidth = head.headWidth;
  Seen seen[kQueries];
  bool isFirst = true;
  for (ptrdiff_t from = 0; from < packed.keys; from += packed.block) {
    const ptrdiff_t keys = packed.countOf(from);
    if (!head.pattern.touches(first, count, from, from + keys)) continue;
    multiply<Unit>(count, keys, stride, head.q + first * stride, stride, packed.keysFrom(from), tile.scores,
                   tile.scoreStride, false);
    for (ptrdiff_t row = 0; row < count; row++) {
      float* scores = tile.scores + row * tile.scoreStride;
      if (!head.pattern.isFull()) hideKeys(scores, head.pattern, first + row, from, keys);
      const float change = softmaxRow<Unit>(scores, keys, seen[row]);
      if (!isFirst) scaleRow(tile.sums + row * tile.sumStride, headWidth, change);
    }
    multiply<Unit>(count, headWidth, padded<Unit>(keys), reinterpret_cast<const T*>(tile.scores),
                   tile.scoreStride * static_cast<ptrdiff_t>(sizeof(float) / sizeof(T)), packed.valuesFrom(from),
                   tile.sums, tile.sumStride, !isFirst);
    isFirst = false;
  }
  for (ptrdiff_t row = 0; row < count; row++) {
    float* sums = tile.sums + row * tile.sumStride;
    scaleRow(sums, headWidth, 1.0f / seen[row].total);
    if (lse != nullptr) lse[first + row] = seen[row].most + __builtin_logf(seen[row].total);
    put(first + row, sums);
  }
}

/** Queries [begin, end) of a head; `begin` is a multiple of kQueries, so that tiles do not depend on the split. */
template <class Unit, class Put>
static void attendQueries(const Head<Unit>& head, ptrdiff_t begin, ptrdiff_t end, float* lse, const Put& put) {
  Scratch scratch;
  const PackedKeys<Unit> packed(scratch, head);
  const QueryTile tile(scratch, smaller(packed.block, packed.keys), head.headWidth);
  for (ptrdiff_t first = begin; first < end; first += kQueries)
    attendTile(head, packed, tile, first, smaller(kQueries, end - first), lse, put);
}

/** Queries of one task: whole heads where there are enough of them, else a few tiles, which pack the keys once more. */
static inline ptrdiff_t queriesOfTask(ptrdiff_t heads, ptrdiff_t queries) {
  constexpr ptrdiff_t kEnough = 16, kFew = 3 * kQueries;
  return heads >= kEnough || queries <= kFew ? queries : kFew;
}

/**
 * All heads.
 *
 * @param headAt (row of the batch, head): its operands
 * @param put (row, head, query, values)
 */
template <class Unit, class HeadAt, class Put>
static void attendHeads(const AttentionShape& shape, float* lse, const HeadAt& headAt, const Put& put) {
  const ptrdiff_t heads = static_cast<ptrdiff_t>(shape.batch * shape.heads);
  const ptrdiff_t queries = static_cast<ptrdiff_t>(shape.queries), each = queriesOfTask(heads, queries);
  if (queries == 0) return;
  const ptrdiff_t parts = (queries + each - 1) / each;
  parallelFor(static_cast<size_t>(heads * parts), [&](size_t task) {
    const size_t index = task / static_cast<size_t>(parts), row = index / shape.heads, head = index % shape.heads;
    const ptrdiff_t begin = static_cast<ptrdiff_t>(task) % parts * each;
    attendQueries(headAt(row, head), begin, smaller(begin + each, queries),
                  lse == nullptr ? nullptr : lse + index * shape.queries,
                  [&](ptrdiff_t query, float* values) { put(row, head, query, values); });
  });
}

}  // namespace gdiff::GDIFF_ISA
