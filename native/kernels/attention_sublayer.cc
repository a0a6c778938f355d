#include "attention_sublayer.h"

#include "attention/sublayer_backward.h"
#include "attention/sublayer_forward.h"

namespace gdiff::GDIFF_ISA {

namespace {

template <class Unit>
void forwardOf(const AttentionSublayerShape& shape, const AttentionSublayerWeights& weights, const float* x, float* y,
               void* kept) {
  const SublayerLayout<Unit> at(shape);
  Scratch scratch;
  const SublayerWeights<Unit> packed = {
      packWeight<Unit>(scratch, Operand<float>{weights.qkv, at.width, true}, at.width, 3 * at.width),
      packWeight<Unit>(scratch, Operand<float>{weights.out, at.width, true}, at.width, at.width),
      weights.gain,
      {weights.cos, weights.sin}};
  if (kept == nullptr) sublayerForwardUnkept<Unit>(shape, packed, x, y);
  else sublayerForward<Unit>(shape, packed, x, y, {kept, at}, true);
}

template <class Unit>
void backwardOf(const AttentionSublayerShape& shape, const AttentionSublayerWeights& weights, const float* x,
                const void* kept, const float* dy, float* dx, const AttentionSublayerGradients& gradients) {
  // Read only from here on; the layout is one for both passes.
  const SublayerKept<Unit> parts(const_cast<void*>(kept), SublayerLayout<Unit>(shape));
  sublayerBackward<Unit>(shape, weights, x, parts, dy, dx, gradients);
}

size_t keptBytes(const AttentionSublayerShape& shape, bool bf16) {
  return bf16 ? SublayerLayout<Bfloat16>(shape).bytes() : SublayerLayout<Float32>(shape).bytes();
}

void forward(const AttentionSublayerShape& shape, const AttentionSublayerWeights& weights, const float* x, float* y,
             void* kept, bool bf16) {
  if (bf16) forwardOf<Bfloat16>(shape, weights, x, y, kept);
  else forwardOf<Float32>(shape, weights, x, y, kept);
}

void backward(const AttentionSublayerShape& shape, const AttentionSublayerWeights& weights, const float* x,
              const void* kept, const float* dy, float* dx, const AttentionSublayerGradients& gradients, bool bf16) {
  if (bf16) backwardOf<Bfloat16>(shape, weights, x, kept, dy, dx, gradients);
  else backwardOf<Float32>(shape, weights, x, kept, dy, dx, gradients);
}

}  // namespace

extern const AttentionSublayerKernels attentionSublayer;
constexpr AttentionSublayerKernels attentionSublayer = {keptBytes, forward, backward};

}  // namespace gdiff::GDIFF_ISA
