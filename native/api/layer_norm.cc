#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

napi_value forward(Arguments& args) {
  const size_t rows = args.size("rows"), width = args.size("width");
  const float* x = args.floats("x", rows * width);
  const float* gain = args.floats("gain", width);
  float* out = args.floats("out", rows * width);
  kernels().layerNorm.forward(x, gain, out, rows, width, static_cast<float>(args.number("epsilon")));
  return nullptr;
}

const Export kExports[] = {{"layerNormForward", forward}};

}  // namespace

void exportLayerNorm(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
