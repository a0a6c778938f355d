/**
 * The SUBS loss (arXiv:2406.07524, section 3.2.3): Σ weight · −ln softmax(logits)[x0] over rows of a few classes.
 *
 * A row whose x0 is no class counts with weight 0. A logit that is not finite makes the loss NaN, whatever the row's
 * weight, as 0 · NaN does in the composite of ops/masked-cross-entropy.ts: a network that has diverged must be seen.
 */
#pragma once

#include <cstddef>
#include <cstdint>

namespace gdiff {

struct CrossEntropyKernels {
  /** logits [rows, classes]; x0 and weight [rows]. Rows are computed in float32 and summed in float64, in order. */
  float (*forward)(const float* logits, const int32_t* x0, const float* weight, size_t rows, size_t classes);
  /** dLogits [rows, classes] = dy · weight · (softmax − onehot(x0)): zeros where the weight is 0 and logits are finite. */
  void (*backward)(const float* logits, const int32_t* x0, const float* weight, float dy, float* dLogits, size_t rows,
                   size_t classes);
};

}  // namespace gdiff
