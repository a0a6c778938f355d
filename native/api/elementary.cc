#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

napi_value run(Arguments& args, void (*kernel)(const float*, float*, size_t)) {
  const size_t count = args.size("count");
  const float* x = args.floats("x", count);
  kernel(x, args.floats("out", count), count);
  return nullptr;
}

const Export kExports[] = {
    {"exponentials", [](Arguments& args) { return run(args, kernels().elementary.exponentials); }},
    {"logarithms", [](Arguments& args) { return run(args, kernels().elementary.logarithms); }},
};

}  // namespace

void exportElementary(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
