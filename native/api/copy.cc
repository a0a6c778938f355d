#include "../cpu.h"
#include "api.h"
#include "layout.h"

namespace gdiff {

namespace {

napi_value copyStrided(Arguments& args) {
  const size_t bytes = elementBytes(args);
  const Layout layout(args, 2);
  const size_t fromOffset = args.size("fromOffset"), toOffset = args.size("toOffset");
  const char* from = static_cast<char*>(args.memory("from", countOf({layout.reach(0, fromOffset), bytes})));
  char* to = static_cast<char*>(args.memory("to", countOf({layout.reach(1, toOffset), bytes})));
  if (layout.count() == 0) return nullptr;
  kernels().copy.strided(bytes, layout.rank(), layout.dims(), from + fromOffset * bytes, layout.strides(0),
                         to + toOffset * bytes, layout.strides(1));
  return nullptr;
}

const Export kExports[] = {{"copyStrided", copyStrided}};

}  // namespace

void exportCopy(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
