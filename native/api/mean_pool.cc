#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

/** Lengths of rows that hold something and fit: the kernels divide by them and read up to them unchecked. */
const int32_t* lengthsArgument(Arguments& args, const char* function, size_t batch, size_t length) {
  const int32_t* lengths = args.ints("lengths", batch);
  for (size_t row = 0; row < batch; row++)
    if (lengths[row] < 1 || static_cast<size_t>(lengths[row]) > length)
      throw ArgumentError(std::string("native ") + function + ": expected every length to be in 1 … " +
                          std::to_string(length) + ", got lengths[" + std::to_string(row) +
                          "] = " + std::to_string(lengths[row]));
  return lengths;
}

napi_value forward(Arguments& args) {
  const size_t batch = args.size("batch"), length = args.size("length"), width = args.size("width");
  const float* x = args.floats("x", countOf({batch, length, width}));
  const int32_t* lengths = lengthsArgument(args, "meanPoolForward", batch, length);
  float* out = args.floats("out", countOf({batch, width}));
  if (width > 0) kernels().meanPool.forward(x, lengths, out, batch, length, width);
  return nullptr;
}

napi_value backward(Arguments& args) {
  const size_t batch = args.size("batch"), length = args.size("length"), width = args.size("width");
  const float* dy = args.floats("dy", countOf({batch, width}));
  const int32_t* lengths = lengthsArgument(args, "meanPoolBackward", batch, length);
  float* dx = args.floats("dx", countOf({batch, length, width}));
  if (width > 0) kernels().meanPool.backward(dy, lengths, dx, batch, length, width);
  return nullptr;
}

const Export kExports[] = {
    {"meanPoolForward", forward},
    {"meanPoolBackward", backward},
};

}  // namespace

void exportMeanPool(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
