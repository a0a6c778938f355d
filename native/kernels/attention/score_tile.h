/**
 * The scores' side of the backward pass (arXiv:2307.08691, algorithm 2), transposed: rows are keys, columns queries, so
 * that log-sum-exp and delta are vectors and both products over queries take a tile as it lies.
 */
#pragma once

#include "operands.h"
#include "../power.h"

namespace gdiff::GDIFF_ISA {

/** Keys and queries of a tile. */
constexpr ptrdiff_t kKeyTile = 128, kQueryTile = 256;
/** Values between rows of a tile of scores; not a power of two, so that rows do not share a cache set. */
constexpr ptrdiff_t kScoreStride = kQueryTile + kPanel;

/** What the backward pass needs of each query of a tile; zeros beyond the queries that are there. */
struct QueryRows {
  ptrdiff_t first, count;
  float lse[kQueryTile], delta[kQueryTile];
  int32_t begin[2][kQueryTile], end[2][kQueryTile];

  QueryRows(const float* allLse, const float* allDelta, const RowPattern& pattern, ptrdiff_t first, ptrdiff_t count)
      : first(first), count(count) {
    for (ptrdiff_t i = 0; i < kQueryTile; i++) {
      lse[i] = i < count ? allLse[first + i] : 0.0f;
      delta[i] = i < count ? allDelta[first + i] : 0.0f;
      for (int which = 0; which < 2; which++) {
        const KeyRange range = i < count ? pattern.rangeOf(first + i, which) : KeyRange{0, 0};
        begin[which][i] = static_cast<int32_t>(range.begin);
        end[which][i] = static_cast<int32_t>(range.end);
      }
    }
  }

  GDIFF_INLINE I loadInts(const int32_t* from) {
    I value;
    __builtin_memcpy(&value, from, sizeof value);
    return value;
  }

  /** All bits set where the query of a column attends to the key. */
  inline I sees(ptrdiff_t column, ptrdiff_t key) const {
    const I at = I{} + static_cast<int32_t>(key);
    const I a = (at >= loadInts(begin[0] + column)) & (at < loadInts(end[0] + column));
    const I b = (at >= loadInts(begin[1] + column)) & (at < loadInts(end[1] + column));
    return a | b;
  }
};

/** Weights and score gradients of a tile, in place of scores and weight gradients, and the latter packed as B too. */
template <class Unit>
struct ScoreTile {
  using T = typename Unit::T;
  /** [keys, queries]: scores, then weights as operands in the same memory. */
  float* scores;
  /** [keys, queries]: gradients of the weights, then of the scores. */
  float* slopes;
  /** The gradients of the scores as B of a product over keys. */
  T* packed;

  explicit ScoreTile(Scratch& scratch)
      : scores(scratch.take<float>(kKeyTile * kScoreStride)),
        slopes(scratch.take<float>(kKeyTile * kScoreStride)),
        packed(scratch.take<T>(packedSize<Unit>(kKeyTile, kQueryTile))) {}

  /** Values of T between rows of operands. */
  static constexpr ptrdiff_t stride() { return kScoreStride * static_cast<ptrdiff_t>(sizeof(float) / sizeof(T)); }
  const T* weights() const { return reinterpret_cast<const T*>(scores); }
  const T* gradients() const { return reinterpret_cast<const T*>(slopes); }

  /** Scores and weight gradients become weights P = e^(S − lse) and score gradients P (dP − delta). */
  template <bool isHidden>
  void differentiate(const QueryRows& queries, ptrdiff_t firstKey, ptrdiff_t keys) const {
    const ptrdiff_t whole = roundedUp(queries.count, kPanel), panel = panelSize<Unit>(keys);
    for (ptrdiff_t key = 0; key < padded<Unit>(keys); key += Unit::step) {
      const auto place = [&](ptrdiff_t i) {
        return packed + i / kPanel * panel + key * kPanel + i % kPanel * Unit::step;
      };
      ptrdiff_t i = 0;
      for (; i + W <= queries.count; i += W) differentiateAt<isHidden>(queries, firstKey, keys, key, i, place(i));
      for (; i < whole; i += W) differentiateAt<true>(queries, firstKey, keys, key, i, place(i));
    }
    for (ptrdiff_t key = 0; key < keys; key++) {
      zeroFrom<Unit>(reinterpret_cast<T*>(scores + key * kScoreStride), whole, padded<Unit>(queries.count));
      zeroFrom<Unit>(reinterpret_cast<T*>(slopes + key * kScoreStride), whole, padded<Unit>(queries.count));
    }
  }

 private:
  /** A step of keys, W queries. Rows beyond the keys hold anything, NaN too, and so do columns beyond the queries. */
  template <bool isHidden>
  inline __attribute__((always_inline)) void differentiateAt(const QueryRows& queries, ptrdiff_t firstKey, ptrdiff_t keys, ptrdiff_t key,
                                    ptrdiff_t i, T* place) const {
    const F lse = load(queries.lse + i), delta = load(queries.delta + i);
    F weight[Unit::step], gradient[Unit::step];
    T *weightPlace[Unit::step], *gradientPlace[Unit::step];
    for (int s = 0; s < Unit::step; s++) {
      float* score = scores + (key + s) * kScoreStride;
      float* slope = slopes + (key + s) * kScoreStride;
      weight[s] = weightOf<Unit>(load(score + i), lse, lse * splat(kLog2E));
      gradient[s] = weight[s] * (load(slope + i) - delta);
      if constexpr (isHidden) {
        const I isSeen = queries.sees(i, firstKey + key + s);
        weight[s] = isSeen ? weight[s] : F{};
        gradient[s] = isSeen ? gradient[s] : F{};
      }
      if (key + s >= keys) gradient[s] = F{};
      weightPlace[s] = reinterpret_cast<T*>(score) + i;
      gradientPlace[s] = reinterpret_cast<T*>(slope) + i;
    }
    storeStep<Unit>(weightPlace, nullptr, weight);
    storeStep<Unit>(gradientPlace, place, gradient);
  }
};

}  // namespace gdiff::GDIFF_ISA
