#include "../cpu.h"
#include "api.h"
#include "layout.h"

#include <stdexcept>

namespace gdiff {

namespace {

napi_value gather(Arguments& args) {
  const size_t bytes = elementBytes(args);
  const size_t batch = args.size("batch"), outer = args.size("outer"), size = args.size("size");
  const size_t count = args.size("count"), slice = args.size("slice") * bytes;
  const void* x = args.memory("x", countOf({batch, outer, size, slice}));
  const int32_t* indices = args.ints("indices", countOf({batch, count}));
  void* out = args.memory("out", countOf({batch, outer, count, slice}));
  for (size_t i = 0; i < batch * count; i++)
    if (indices[i] < 0 || static_cast<size_t>(indices[i]) >= size)
      throw std::out_of_range("GatherV2: the index value " + std::to_string(indices[i]) + " is not in [0, " +
                              std::to_string(static_cast<int64_t>(size) - 1) + "]");
  kernels().indexed.gather(static_cast<const uint8_t*>(x), indices, static_cast<uint8_t*>(out), batch, outer, size,
                           count, slice);
  return nullptr;
}

napi_value oneHot(Arguments& args) {
  const size_t bytes = elementBytes(args);
  const size_t count = args.size("count"), depth = args.size("depth");
  const int32_t* indices = args.ints("indices", count);
  void* out = args.memory("out", countOf({count, depth, bytes}));
  const uint32_t* values = static_cast<const uint32_t*>(args.memory("onOff", 8));
  kernels().indexed.oneHot(indices, out, bytes, count, depth, values[0], values[1]);
  return nullptr;
}

napi_value segmentSum(Arguments& args) {
  const size_t rows = args.size("rows"), inner = args.size("inner"), segments = args.size("segments");
  const float* x = args.floats("x", countOf({rows, inner}));
  const int32_t* names = args.ints("names", rows);
  kernels().indexed.segmentSum(x, names, args.floats("out", countOf({segments, inner})), rows, inner, segments);
  return nullptr;
}

const Export kExports[] = {{"gather", gather}, {"oneHot", oneHot}, {"segmentSum", segmentSum}};

}  // namespace

void exportIndexed(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
