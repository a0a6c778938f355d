/** One row of scores to softmax weights, over one block of keys after another (arXiv:2307.08691, section 3.1). */
#pragma once

#include "operands.h"
#include "../power.h"

namespace gdiff::GDIFF_ISA {

/** What a query has seen of its keys: weights so far are e^(score − most), `total` is their sum. */
struct Seen {
  float most = -__builtin_inff();
  float total = 0;
};

/** Scores of keys outside the query's ranges become −∞. @param row scores of the keys [from, from + count) */
static inline void hideKeys(float* row, const RowPattern& pattern, ptrdiff_t query, ptrdiff_t from, ptrdiff_t count) {
  ptrdiff_t key = from;
  for (int which = 0; which < 2; which++) {  // the second range is beyond the first
    const KeyRange range = pattern.rangeOf(query, which);
    if (!range.overlaps(from, from + count)) continue;
    for (; key < range.begin; key++) row[key - from] = -__builtin_inff();
    key = range.end;
  }
  for (; key < from + count; key++) row[key - from] = -__builtin_inff();
}

/**
 * Turns the scores of a block into weights, as operands in the row's own memory, zeros up to padded<Unit>(count).
 *
 * @param row room for count rounded up to 16 scores
 * @returns what earlier sums over values are to be multiplied by
 */
template <class Unit>
static inline float softmaxRow(float* row, ptrdiff_t count, Seen& seen) {
  const ptrdiff_t whole = roundedUp(count, kPanel);
  for (ptrdiff_t i = count; i < whole; i++) row[i] = -__builtin_inff();
  F top = load(row);
  for (ptrdiff_t i = W; i < whole; i += W) top = maximum(top, load(row + i));
  const float here = largest(top);
  const float most = here > seen.most ? here : seen.most;
  const float shift = most == -__builtin_inff() ? 0.0f : most;  // nothing seen yet: weights of 0, not NaN
  const F shifts = splat(shift), shifts2 = splat(shift * kLog2E);
  typename Unit::T* to = reinterpret_cast<typename Unit::T*>(row);
  F totals[2] = {F{}, F{}};
  ptrdiff_t i = 0;
  for (; i + 2 * W <= whole; i += 2 * W) {
    const F a = weightOf<Unit>(load(row + i), shifts, shifts2);
    const F b = weightOf<Unit>(load(row + i + W), shifts, shifts2);
    Unit::narrowTo(to + i, a);
    Unit::narrowTo(to + i + W, b);
    totals[0] += a;
    totals[1] += b;
  }
  for (; i < whole; i += W) {
    const F a = weightOf<Unit>(load(row + i), shifts, shifts2);
    Unit::narrowTo(to + i, a);
    totals[0] += a;
  }
  zeroFrom<Unit>(to, whole, padded<Unit>(count));
  const float change = weightOf<Unit>(splat(seen.most), shifts, shifts2)[0];
  seen.total = seen.total * change + sum(totals[0] + totals[1]);
  seen.most = most;
  return change;
}

}  // namespace gdiff::GDIFF_ISA
