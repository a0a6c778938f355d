#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

napi_value geluForward(Arguments& args) {
  const size_t count = args.size("count");
  const float* x = args.floats("x", count);
  kernels().activation.geluForward(x, args.floats("out", count), count);
  return nullptr;
}

napi_value geluBackward(Arguments& args) {
  const size_t count = args.size("count");
  const float* x = args.floats("x", count);
  const float* dy = args.floats("dy", count);
  kernels().activation.geluBackward(x, dy, args.floats("dx", count), count);
  return nullptr;
}

napi_value siluGateForward(Arguments& args) {
  const size_t count = args.size("count");
  const float* a = args.floats("a", count);
  const float* b = args.floats("b", count);
  kernels().activation.siluGateForward(a, b, args.floats("out", count), count);
  return nullptr;
}

napi_value siluGateBackward(Arguments& args) {
  const size_t count = args.size("count");
  const float* a = args.floats("a", count);
  const float* b = args.floats("b", count);
  const float* dy = args.floats("dy", count);
  float* da = args.floats("da", count);
  kernels().activation.siluGateBackward(a, b, dy, da, args.floats("db", count), count);
  return nullptr;
}

const Export kExports[] = {
    {"geluForward", geluForward},
    {"geluBackward", geluBackward},
    {"siluGateForward", siluGateForward},
    {"siluGateBackward", siluGateBackward},
};

}  // namespace

void exportActivation(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
