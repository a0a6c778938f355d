#include "../cpu.h"
#include "../napi.h"
#include "attention_shape.h"
#include "api.h"

namespace gdiff {

namespace {

/** The arguments that every function here starts with. */
struct Call {
  AttentionSublayerShape shape;
  bool bf16;

  explicit Call(Arguments& args) {
    AttentionShape& attention = shape.attention;
    attention.batch = args.size("batch");
    attention.heads = args.size("heads");
    attention.queries = attention.keys = args.size("length");
    attention.headWidth = args.size("headWidth");
    if (attention.headWidth == 0 || attention.headWidth % 2 != 0)
      throw ArgumentError("native attention sublayer: expected headWidth to be even and 2 or more, got " +
                          std::to_string(attention.headWidth));
    attention.pattern = takePattern(args, attention.queries, attention.keys);
    attention.lengths = takeLengths(args, attention);
    shape.epsilon = static_cast<float>(args.number("epsilon"));
    bf16 = args.flag("bf16");
  }

  AttentionSublayerWeights takeWeights(Arguments& args) const {
    const size_t width = this->width(), angles = countOf({shape.attention.queries, shape.attention.headWidth});
    AttentionSublayerWeights weights;
    weights.gain = args.floats("gain", width);
    weights.qkv = args.floats("qkv", countOf({3, width, width}));
    weights.out = args.floats("out", countOf({width, width}));
    weights.cos = args.floats("cos", angles);
    weights.sin = args.floats("sin", angles);
    return weights;
  }
  size_t width() const { return countOf({shape.attention.heads, shape.attention.headWidth}); }
  size_t size() const { return countOf({shape.attention.batch, shape.attention.queries, width()}); }
  size_t keptBytes() const { return kernels().attentionSublayer.keptBytes(shape, bf16); }
};

napi_value keptBytes(Arguments& args) {
  napi_value result;
  napi_create_double(args.env(), static_cast<double>(Call(args).keptBytes()), &result);
  return result;
}

napi_value forward(Arguments& args) {
  const Call call(args);
  const AttentionSublayerWeights weights = call.takeWeights(args);
  const float* x = args.floats("x", call.size());
  float* y = args.floats("y", call.size());
  void* kept = args.optionalMemory("kept", call.keptBytes());
  kernels().attentionSublayer.forward(call.shape, weights, x, y, kept, call.bf16);
  return nullptr;
}

napi_value backward(Arguments& args) {
  const Call call(args);
  const AttentionSublayerWeights weights = call.takeWeights(args);
  const float* x = args.floats("x", call.size());
  const void* kept = args.memory("kept", call.keptBytes());
  const float* dy = args.floats("dy", call.size());
  float* dx = args.floats("dx", call.size());
  const size_t width = call.width();
  AttentionSublayerGradients gradients;
  gradients.gain = args.floats("dGain", width);
  gradients.qkv = args.floats("dQkv", countOf({3, width, width}));
  gradients.out = args.floats("dOut", countOf({width, width}));
  kernels().attentionSublayer.backward(call.shape, weights, x, kept, dy, dx, gradients, call.bf16);
  return nullptr;
}

const Export kExports[] = {
    {"attentionSublayerKeptBytes", keptBytes},
    {"attentionSublayerForward", forward},
    {"attentionSublayerBackward", backward},
};

}  // namespace

void exportAttentionSublayer(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
