/** The keys that a query attends to, from its index: at most two ranges. */
#pragma once

#include "../attention.h"
#include "../pack.h"

namespace gdiff::GDIFF_ISA {

struct KeyRange {
  ptrdiff_t begin, end;
  bool overlaps(ptrdiff_t from, ptrdiff_t to) const { return begin < to && from < end && begin < end; }
};

/** The pattern of one row of the batch. */
struct RowPattern {
  AttentionPattern pattern;
  /** Keys that exist for this row: those beyond are never looked at. */
  ptrdiff_t keys;
  /** Keys of one copy that count. */
  ptrdiff_t length;

  RowPattern(const AttentionShape& shape, size_t row) : pattern(shape.pattern) {
    const ptrdiff_t all = static_cast<ptrdiff_t>(shape.keys);
    const bool isDoubled = pattern.kind == AttentionKind::doubledBlocks;
    length = shape.lengths != nullptr ? shape.lengths[row] : isDoubled ? all / 2 : all;
    keys = isDoubled ? all : length;
  }

  bool isFull() const { return pattern.kind == AttentionKind::full; }

  /** Range 0 or 1 of the query; empty when begin ≥ end. */
  inline KeyRange rangeOf(ptrdiff_t query, int which) const {
    const ptrdiff_t block = static_cast<ptrdiff_t>(pattern.block);
    const ptrdiff_t position = query + static_cast<ptrdiff_t>(pattern.offset), half = keys / 2;
    switch (pattern.kind) {
      case AttentionKind::full: return {0, which == 0 ? keys : 0};
      case AttentionKind::causal: return {0, which == 0 ? smaller(keys, position + 1) : 0};
      case AttentionKind::blocks: return {0, which == 0 ? smaller(keys, (position / block + 1) * block) : 0};
      default: break;
    }
    const bool isNoised = query < half;
    const ptrdiff_t first = (isNoised ? query : query - half) / block * block;
    if (which == 0) return {first, isNoised ? smaller(first + block, length) : 0};
    return {half, half + smaller(isNoised ? first : first + block, length)};
  }

  /** Whether any of the queries [first, first + count) attends to a key of [from, to). */
  inline bool touches(ptrdiff_t first, ptrdiff_t count, ptrdiff_t from, ptrdiff_t to) const {
    if (isFull()) return true;
    for (ptrdiff_t query = first; query < first + count; query++)
      if (rangeOf(query, 0).overlaps(from, to) || rangeOf(query, 1).overlaps(from, to)) return true;
    return false;
  }
};

}  // namespace gdiff::GDIFF_ISA
