#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

napi_value run(Arguments& args, void (*kernel)(const float*, float*, size_t, size_t)) {
  const size_t rows = args.size("rows"), width = args.size("width");
  const float* x = args.floats("x", countOf({rows, width}));
  kernel(x, args.floats("out", countOf({rows, width})), rows, width);
  return nullptr;
}

const Export kExports[] = {
    {"softmax", [](Arguments& args) { return run(args, kernels().softmax.softmax); }},
    {"logSoftmax", [](Arguments& args) { return run(args, kernels().softmax.logSoftmax); }},
};

}  // namespace

void exportSoftmax(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
