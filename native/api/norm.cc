#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

napi_value forward(Arguments& args, const NormForm& form) {
  const size_t rows = args.size("rows"), width = args.size("width");
  const float* x = args.floats("x", countOf({rows, width}));
  const float* gain = args.floats("gain", width);
  float* out = args.floats("out", countOf({rows, width}));
  form.forward(x, gain, out, rows, width, static_cast<float>(args.number("epsilon")));
  return nullptr;
}

napi_value backward(Arguments& args, const NormForm& form) {
  const size_t rows = args.size("rows"), width = args.size("width");
  const float* x = args.floats("x", countOf({rows, width}));
  const float* gain = args.floats("gain", width);
  const float* dy = args.floats("dy", countOf({rows, width}));
  float* dx = args.floats("dx", countOf({rows, width}));
  float* dGain = args.floats("dGain", width);
  form.backward(x, gain, dy, dx, dGain, rows, width, static_cast<float>(args.number("epsilon")));
  return nullptr;
}

const Export kExports[] = {
    {"layerNormForward", [](Arguments& args) { return forward(args, kernels().norm.layer); }},
    {"layerNormBackward", [](Arguments& args) { return backward(args, kernels().norm.layer); }},
    {"rmsNormForward", [](Arguments& args) { return forward(args, kernels().norm.rms); }},
    {"rmsNormBackward", [](Arguments& args) { return backward(args, kernels().norm.rms); }},
};

}  // namespace

void exportNorm(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
