#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

struct Sizes {
  size_t batch, length, width, window;
  size_t in() const { return countOf({batch, length, width}); }
  size_t out() const { return countOf({batch, length / window, width}); }
};

Sizes sizeArguments(Arguments& args, const char* function) {
  Sizes s;
  s.batch = args.size("batch");
  s.length = args.size("length");
  s.width = args.size("width");
  s.window = args.size("window");
  if (s.window < 1)
    throw ArgumentError(std::string("native ") + function + ": expected a window of at least 1 position, got 0");
  return s;
}

napi_value forward(Arguments& args) {
  const Sizes s = sizeArguments(args, "maxPoolForward");
  const float* x = args.floats("x", s.in());
  float* out = args.floats("out", s.out());
  if (s.out() > 0) kernels().maxPool.forward(x, out, s.batch, s.length, s.width, s.window);
  return nullptr;
}

napi_value backward(Arguments& args) {
  const Sizes s = sizeArguments(args, "maxPoolBackward");
  const float* x = args.floats("x", s.in());
  const float* dy = args.floats("dy", s.out());
  float* dx = args.floats("dx", s.in());
  if (s.in() > 0) kernels().maxPool.backward(x, dy, dx, s.batch, s.length, s.width, s.window);
  return nullptr;
}

const Export kExports[] = {
    {"maxPoolForward", forward},
    {"maxPoolBackward", backward},
};

}  // namespace

void exportMaxPool(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
