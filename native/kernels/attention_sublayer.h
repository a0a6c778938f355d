/**
 * The first half of a transformer block as one kernel: y = x + out(attention(rotary(qkv(layerNorm(x))))), rows of
 * `width` = heads · headWidth values, `batch` sequences of `queries` = `keys` rows one after another.
 */
#pragma once

#include "attention.h"

namespace gdiff {

struct AttentionSublayerShape {
  AttentionShape attention;
  float epsilon;

  size_t width() const { return attention.heads * attention.headWidth; }
  size_t rows() const { return attention.batch * attention.queries; }
};

struct AttentionSublayerWeights {
  const float* gain;  // [width]
  const float* qkv;   // [3 · width, width], PyTorch's layout
  const float* out;   // [width, width]
  /** [length, headWidth], of which the first half of a row is read: the angles of a position. */
  const float* cos;
  const float* sin;
};

/** Gradients of the weights, written completely. */
struct AttentionSublayerGradients {
  float* gain;
  float* qkv;
  float* out;
};

struct AttentionSublayerKernels {
  /** Bytes of `kept`. */
  size_t (*keptBytes)(const AttentionSublayerShape& shape, bool bf16);
  /** @param kept what backward needs: rotated q, k and v, attention's output, log-sum-exp; or null */
  void (*forward)(const AttentionSublayerShape& shape, const AttentionSublayerWeights& weights, const float* x,
                  float* y, void* kept, bool bf16);
  /** @param dx the gradient of x, that of the residual included */
  void (*backward)(const AttentionSublayerShape& shape, const AttentionSublayerWeights& weights, const float* x,
                   const void* kept, const float* dy, float* dx, const AttentionSublayerGradients& gradients,
                   bool bf16);
};

}  // namespace gdiff
