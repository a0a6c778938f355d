/** Softmax attention that never holds [queries, keys]: arXiv:1706.03762, equation 1, in tiles (arXiv:2307.08691). */
#pragma once

#include <cstddef>
#include <cstdint>

namespace gdiff {

/** Which keys a query attends to. */
enum class AttentionKind : uint32_t {
  /** All. */
  full,
  /** Those up to its own position. */
  causal,
  /** Those of its own block and the blocks before (arXiv:2503.09573). */
  blocks,
  /**
   * Noised and clean copies in one sequence [x_t ; x_0] (arXiv:2503.09573, appendix B.6): a noised query attends to its
   * own block of x_t and to the blocks of x_0 before it, a clean one to the blocks of x_0 up to its own.
   */
  doubledBlocks,
};

struct AttentionPattern {
  AttentionKind kind;
  /** Positions of a block; 1 or more. */
  size_t block;
  /** Position of the first query among the keys: a cache holds those before. 0 for doubledBlocks. */
  size_t offset;
};

struct AttentionShape {
  size_t batch;
  size_t heads;
  size_t queries;
  /** Equal to queries and even for doubledBlocks. */
  size_t keys;
  size_t headWidth;
  /** [batch]: keys of a row that count, 1 … keys (of each copy in doubledBlocks); null for all. */
  const int32_t* lengths;
  AttentionPattern pattern;
};

/** Float32 tensors [batch, heads, queries, headWidth] (q, out) and [batch, heads, keys, headWidth] (k, v). */
struct AttentionInputs {
  const float* q;
  const float* k;
  const float* v;
};

struct AttentionGradients {
  float* q;
  float* k;
  float* v;
};

struct AttentionKernels {
  /** @param lse [batch, heads, queries]: log Σ exp(score), what backward computes the weights from; or null */
  void (*forward)(const AttentionShape& shape, const AttentionInputs& inputs, float* out, float* lse, bool bf16);
  void (*backward)(const AttentionShape& shape, const AttentionInputs& inputs, const float* out, const float* lse,
                   const float* dOut, const AttentionGradients& gradients, bool bf16);
  /**
   * Rotary position embedding by halves (arXiv:2104.09864): (a, b) to (a cos − b sin, b cos + a sin) in each of `rows`
   * rows [headWidth], the position of a row being its index modulo `length`.
   *
   * @param cos [length, headWidth], of which the first half of a row is read; `sin` alike
   * @param direction 1, or −1 to turn back, which is the gradient
   */
  void (*rotary)(const float* x, const float* cos, const float* sin, float* out, size_t rows, size_t length,
                 size_t headWidth, float direction);
};

}  // namespace gdiff
