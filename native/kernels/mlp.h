/**
 * The second half of a transformer block as one kernel: y = x + down(gelu(up(layerNorm(x)))), rows of `width` values,
 * `hidden` values between the two products. The hidden layer is made and used up in blocks that fit a cache.
 */
#pragma once

#include <cstddef>

namespace gdiff {

struct MlpShape {
  size_t rows;
  size_t width;
  size_t hidden;
  float epsilon;
};

/** Weights in PyTorch's layout, [out, in]. */
struct MlpWeights {
  const float* gain;      // [width]
  const float* up;        // [hidden, width]
  const float* upBias;    // [hidden]
  const float* down;      // [width, hidden]
  const float* downBias;  // [width]
};

/** Gradients of the weights, written completely. */
struct MlpGradients {
  float* gain;
  float* up;
  float* upBias;
  float* down;
  float* downBias;
};

struct MlpKernels {
  /** Bytes of `kept`. */
  size_t (*keptBytes)(const MlpShape& shape, bool bf16);
  /** @param kept what backward needs, the input of gelu in operands of the precision; or null */
  void (*forward)(const MlpShape& shape, const MlpWeights& weights, const float* x, float* y, void* kept, bool bf16);
  /** @param dx the gradient of x, that of the residual included */
  void (*backward)(const MlpShape& shape, const MlpWeights& weights, const float* x, const void* kept, const float* dy,
                   float* dx, const MlpGradients& gradients, bool bf16);
};

}  // namespace gdiff
