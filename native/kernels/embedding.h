/** Rows of a table by id, and the sum of rows back into it. Ids are in [0, vocab): the caller has checked. */
#pragma once

#include <cstddef>
#include <cstdint>

namespace gdiff {

struct EmbeddingKernels {
  /** out[r, :] = table[ids[r], :] */
  void (*forward)(const int32_t* ids, const float* table, float* out, size_t rows, size_t width);
  /** dTable[v, :] = Σ over rows with id v of dy[r, :], in an order that only rows, vocab and width decide */
  void (*backward)(const int32_t* ids, const float* dy, float* dTable, size_t rows, size_t vocab, size_t width);
};

}  // namespace gdiff
