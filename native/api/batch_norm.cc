#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

size_t rowsArgument(Arguments& args, const char* function) {
  const size_t rows = args.size("rows");
  if (rows < 1) throw ArgumentError(std::string("native ") + function + ": expected at least 1 row, got 0");
  return rows;
}

napi_value forward(Arguments& args) {
  const size_t rows = rowsArgument(args, "batchNormForward"), channels = args.size("channels");
  const float* x = args.floats("x", countOf({rows, channels}));
  const float* gain = args.floats("gain", channels);
  const float* bias = args.floats("bias", channels);
  float* y = args.floats("y", countOf({rows, channels}));
  float* mean = args.floats("mean", channels);
  float* variance = args.floats("variance", channels);
  const float epsilon = static_cast<float>(args.number("epsilon"));
  if (channels > 0) kernels().batchNorm.forward(x, gain, bias, y, mean, variance, rows, channels, epsilon);
  return nullptr;
}

napi_value backward(Arguments& args) {
  const size_t rows = rowsArgument(args, "batchNormBackward"), channels = args.size("channels");
  const float* x = args.floats("x", countOf({rows, channels}));
  const float* gain = args.floats("gain", channels);
  const float* mean = args.floats("mean", channels);
  const float* variance = args.floats("variance", channels);
  const float* dy = args.floats("dy", countOf({rows, channels}));
  float* dx = args.floats("dx", countOf({rows, channels}));
  float* dGain = args.floats("dGain", channels);
  float* dBias = args.floats("dBias", channels);
  const float epsilon = static_cast<float>(args.number("epsilon"));
  if (channels > 0)
    kernels().batchNorm.backward(x, gain, mean, variance, dy, dx, dGain, dBias, rows, channels, epsilon);
  return nullptr;
}

const Export kExports[] = {
    {"batchNormForward", forward},
    {"batchNormBackward", backward},
};

}  // namespace

void exportBatchNorm(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
