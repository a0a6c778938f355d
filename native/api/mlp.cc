#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

/** The arguments that every function here starts with. */
struct Call {
  MlpShape shape;
  bool bf16;

  explicit Call(Arguments& args) {
    shape.rows = args.size("rows");
    shape.width = args.size("width");
    shape.hidden = args.size("hidden");
    shape.epsilon = static_cast<float>(args.number("epsilon"));
    bf16 = args.flag("bf16");
  }

  size_t keptBytes() const {
    const bool fits = countOf({shape.rows, shape.hidden, sizeof(double)}) != kTooMany;  // with room for padding
    return fits ? kernels().mlp.keptBytes(shape, bf16) : kTooMany;
  }
};

MlpWeights takeWeights(Arguments& args, const MlpShape& shape) {
  MlpWeights weights;
  weights.gain = args.floats("gain", shape.width);
  weights.up = args.floats("up", countOf({shape.hidden, shape.width}));
  weights.upBias = args.floats("upBias", shape.hidden);
  weights.down = args.floats("down", countOf({shape.width, shape.hidden}));
  weights.downBias = args.floats("downBias", shape.width);
  return weights;
}

napi_value keptBytes(Arguments& args) {
  const Call call(args);
  napi_value result;
  napi_create_double(args.env(), static_cast<double>(call.keptBytes()), &result);
  return result;
}

napi_value forward(Arguments& args) {
  const Call call(args);
  const MlpWeights weights = takeWeights(args, call.shape);
  const float* x = args.floats("x", countOf({call.shape.rows, call.shape.width}));
  float* y = args.floats("y", countOf({call.shape.rows, call.shape.width}));
  void* kept = args.optionalMemory("kept", call.keptBytes());
  kernels().mlp.forward(call.shape, weights, x, y, kept, call.bf16);
  return nullptr;
}

napi_value backward(Arguments& args) {
  const Call call(args);
  const MlpShape& shape = call.shape;
  const MlpWeights weights = takeWeights(args, shape);
  const float* x = args.floats("x", countOf({shape.rows, shape.width}));
  const void* kept = args.memory("kept", call.keptBytes());
  const float* dy = args.floats("dy", countOf({shape.rows, shape.width}));
  float* dx = args.floats("dx", countOf({shape.rows, shape.width}));
  MlpGradients gradients;
  gradients.gain = args.floats("dGain", shape.width);
  gradients.up = args.floats("dUp", countOf({shape.hidden, shape.width}));
  gradients.upBias = args.floats("dUpBias", shape.hidden);
  gradients.down = args.floats("dDown", countOf({shape.width, shape.hidden}));
  gradients.downBias = args.floats("dDownBias", shape.width);
  kernels().mlp.backward(shape, weights, x, kept, dy, dx, gradients, call.bf16);
  return nullptr;
}

const Export kExports[] = {
    {"mlpKeptBytes", keptBytes},
    {"mlpForward", forward},
    {"mlpBackward", backward},
};

}  // namespace

void exportMlp(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
