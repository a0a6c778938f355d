/** The backward pass of all heads: a task a head, or where heads are few a task a group of keys; the same sums. */
#pragma once

#include "backward.h"

namespace gdiff::GDIFF_ISA {

/** Where one head's gradients are put while it is worked on. */
struct HeadSums {
  KeyGradients keys;
  /** [tiles of queries][groups][headWidth, kQueryTile]: dQᵀ; of one tile where a task does all groups. */
  float* queries;
};

/** Rows dk, dv of keys [begin, end), each [headWidth]. */
template <class Put>
static void putKeys(const KeyGradients& from, ptrdiff_t begin, ptrdiff_t end, const Put& put) {
  for (ptrdiff_t key = begin; key < end; key++) put(key, from.k + key * from.stride, from.v + key * from.stride);
}

/** Zeros for keys in the padding. */
template <class Put>
static void putNoKeys(ptrdiff_t begin, ptrdiff_t end, ptrdiff_t headWidth, const Put& put) {
  Scratch scratch;
  float* zeros = scratch.take<float>(2 * headWidth);
  for (ptrdiff_t key = begin; key < end; key++) {
    for (ptrdiff_t i = 0; i < 2 * headWidth; i++) zeros[i] = 0;
    put(key, zeros, zeros + headWidth);
  }
}

/**
 * All heads.
 *
 * @param scale what dQ is multiplied by: 1 / sqrt(headWidth)
 * @param headAt (row of the batch, head): its operands
 * @param gradientAt (row, head): its HeadGradient
 * @param putQuery (row, head, query, dq [headWidth]); may change the values
 * @param putKey (row, head, key, dk [headWidth], dv [headWidth]); may change the values
 */
template <class Unit, class HeadAt, class GradientAt, class PutQuery, class PutKey>
static void differentiateHeads(const AttentionShape& shape, float scale, const HeadAt& headAt,
                               const GradientAt& gradientAt, const PutQuery& putQuery, const PutKey& putKey) {
  constexpr ptrdiff_t kEnough = 16, kMostGroups = 4;
  const ptrdiff_t heads = static_cast<ptrdiff_t>(shape.batch * shape.heads);
  const ptrdiff_t queries = static_cast<ptrdiff_t>(shape.queries), keys = static_cast<ptrdiff_t>(shape.keys);
  const ptrdiff_t headWidth = static_cast<ptrdiff_t>(shape.headWidth), stride = roundedUp(headWidth, kPanel);
  const ptrdiff_t tiles = (queries + kQueryTile - 1) / kQueryTile, groupSize = headWidth * kQueryTile;
  if (keys == 0) return;
  const bool isWhole = heads >= kEnough || keys <= 2 * kKeyTile;

  const auto takeSums = [&](Scratch& scratch, ptrdiff_t tilesKept) {
    float* k = scratch.take<float>(keys * stride);
    float* v = scratch.take<float>(keys * stride);
    return HeadSums{{k, v, stride}, scratch.take<float>(tilesKept * kMostGroups * groupSize)};
  };
  const auto work = [&](size_t row, size_t at, ptrdiff_t firstGroup, ptrdiff_t lastGroup, const HeadSums& sums) {
    const Head<Unit> head = headAt(row, at);
    const KeyGroups groups(head.pattern.keys);
    const ptrdiff_t last = smaller(lastGroup, groups.count);
    const auto put = [&](ptrdiff_t key, float* dk, float* dv) { putKey(row, at, key, dk, dv); };
    if (firstGroup == 0) putNoKeys(head.pattern.keys, keys, headWidth, put);
    if (firstGroup >= last) return;
    const auto partial = [&](ptrdiff_t first, ptrdiff_t group) {
      const ptrdiff_t tile = isWhole ? 0 : first / kQueryTile;
      return sums.queries + (tile * kMostGroups + group) * groupSize;
    };
    const auto done = [&](ptrdiff_t first, ptrdiff_t count) {
      if (isWhole)
        putQueries(first, count, headWidth, groups.count, groupSize, partial(first, 0), scale,
                   [&](ptrdiff_t query, float* dq) { putQuery(row, at, query, dq); });
    };
    differentiateGroups(head, gradientAt(row, at), groups, firstGroup, last, sums.keys, partial, done);
    putKeys(sums.keys, groups.begin(firstGroup), groups.end(last - 1), put);
  };

  if (isWhole) {
    parallelFor(static_cast<size_t>(heads), [&](size_t index) {
      Scratch scratch;
      work(index / shape.heads, index % shape.heads, 0, kMostGroups, takeSums(scratch, 1));
    });
    return;
  }
  Scratch scratch;
  HeadSums all[kEnough];
  for (ptrdiff_t i = 0; i < heads; i++) all[i] = takeSums(scratch, tiles);
  parallelFor(static_cast<size_t>(heads * kMostGroups), [&](size_t task) {
    const size_t index = task / kMostGroups;
    const ptrdiff_t group = static_cast<ptrdiff_t>(task % kMostGroups);
    work(index / shape.heads, index % shape.heads, group, group + 1, all[index]);
  });
  parallelFor(static_cast<size_t>(heads * tiles), [&](size_t task) {
    const size_t index = task / static_cast<size_t>(tiles), row = index / shape.heads, at = index % shape.heads;
    const ptrdiff_t tile = static_cast<ptrdiff_t>(task) % tiles, first = tile * kQueryTile;
    const KeyGroups groups(RowPattern(shape, row).keys);
    putQueries(first, smaller(kQueryTile, queries - first), headWidth, groups.count, groupSize,
               all[index].queries + tile * kMostGroups * groupSize, scale,
               [&](ptrdiff_t query, float* dq) { putQuery(row, at, query, dq); });
  });
}

}  // namespace gdiff::GDIFF_ISA
