#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

/** measureArithmetic(tasks, rounds, bf16): floating-point operations of all tasks together; the caller times it. */
napi_value arithmetic(Arguments& args) {
  const size_t tasks = args.size("tasks"), rounds = args.size("rounds");
  const size_t ofRound = kernels().measure.arithmetic(tasks, rounds, args.flag("bf16"));
  napi_value result;
  napi_create_double(args.env(), static_cast<double>(ofRound) * static_cast<double>(rounds) * static_cast<double>(tasks),
                     &result);
  return result;
}

/** measureCopy(count, from, to) */
napi_value copy(Arguments& args) {
  const size_t count = args.size("count");
  const float* from = args.floats("from", count);
  kernels().measure.copy(args.floats("to", count), from, count);
  return nullptr;
}

const Export kExports[] = {{"measureArithmetic", arithmetic}, {"measureCopy", copy}};

}  // namespace

void exportMeasure(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
