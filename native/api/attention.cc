#include "../cpu.h"
#include "../napi.h"
#include "attention_shape.h"
#include "api.h"

namespace gdiff {

namespace {

/** The arguments that both passes start with. */
struct Call {
  AttentionShape shape;
  bool bf16;
  size_t querySize, keySize;

  explicit Call(Arguments& args) {
    shape.batch = args.size("batch");
    shape.heads = args.size("heads");
    shape.queries = args.size("queries");
    shape.keys = args.size("keys");
    shape.headWidth = args.size("headWidth");
    shape.pattern = takePattern(args, shape.queries, shape.keys);
    shape.lengths = takeLengths(args, shape);
    bf16 = args.flag("bf16");
    querySize = countOf({shape.batch, shape.heads, shape.queries, shape.headWidth});
    keySize = countOf({shape.batch, shape.heads, shape.keys, shape.headWidth});
  }

  AttentionInputs takeInputs(Arguments& args) const {
    AttentionInputs inputs;
    inputs.q = args.floats("q", querySize);
    inputs.k = args.floats("k", keySize);
    inputs.v = args.floats("v", keySize);
    return inputs;
  }
  size_t lseBytes() const { return countOf({shape.batch, shape.heads, shape.queries, sizeof(float)}); }
};

napi_value forward(Arguments& args) {
  const Call call(args);
  const AttentionInputs inputs = call.takeInputs(args);
  float* out = args.floats("out", call.querySize);
  float* lse = static_cast<float*>(args.optionalMemory("lse", call.lseBytes()));
  kernels().attention.forward(call.shape, inputs, out, lse, call.bf16);
  return nullptr;
}

napi_value backward(Arguments& args) {
  const Call call(args);
  const AttentionInputs inputs = call.takeInputs(args);
  const float* out = args.floats("out", call.querySize);
  const float* lse = static_cast<const float*>(args.memory("lse", call.lseBytes()));
  const float* dOut = args.floats("dOut", call.querySize);
  AttentionGradients gradients;
  gradients.q = args.floats("dq", call.querySize);
  gradients.k = args.floats("dk", call.keySize);
  gradients.v = args.floats("dv", call.keySize);
  kernels().attention.backward(call.shape, inputs, out, lse, dOut, gradients, call.bf16);
  return nullptr;
}

napi_value rotary(Arguments& args) {
  const size_t rows = args.size("rows"), length = args.size("length"), headWidth = args.size("headWidth");
  if (headWidth % 2 != 0)
    throw ArgumentError("native rotary: expected headWidth to be even, got " + std::to_string(headWidth));
  const float* x = args.floats("x", countOf({rows, headWidth}));
  const float* cos = args.floats("cos", countOf({length, headWidth}));
  const float* sin = args.floats("sin", countOf({length, headWidth}));
  float* out = args.floats("out", countOf({rows, headWidth}));
  const bool isBack = args.flag("isBack");
  if (rows > 0) kernels().attention.rotary(x, cos, sin, out, rows, length, headWidth, isBack ? -1.0f : 1.0f);
  return nullptr;
}

const Export kExports[] = {
    {"attentionForward", forward},
    {"attentionBackward", backward},
    {"rotary", rotary},
};

}  // namespace

void exportAttention(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
