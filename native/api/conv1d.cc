#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

Conv1dShape shapeArguments(Arguments& args, const char* function) {
  Conv1dShape shape;
  shape.batch = args.size("batch");
  shape.length = args.size("length");
  shape.in = args.size("in");
  shape.out = args.size("out");
  shape.kernel = args.size("kernel");
  if (shape.kernel < 1 || shape.kernel > shape.length)
    throw ArgumentError(std::string("native ") + function + ": expected a kernel in 1 … " +
                        std::to_string(shape.length) + ", the positions of a sequence, got " +
                        std::to_string(shape.kernel));
  return shape;
}

size_t inputs(const Conv1dShape& s) { return s.batch * s.length * s.in; }
size_t weights(const Conv1dShape& s) { return s.out * s.in * s.kernel; }
size_t outputs(const Conv1dShape& s) { return s.batch * s.positions() * s.out; }

napi_value forward(Arguments& args) {
  const Conv1dShape shape = shapeArguments(args, "conv1dForward");
  const float* x = args.floats("x", inputs(shape));
  const float* weight = args.floats("weight", weights(shape));
  const float* bias = args.optionalFloats("bias", shape.out);
  float* y = args.floats("y", outputs(shape));
  kernels().conv1d.forward(shape, x, weight, bias, y, args.flag("bf16"));
  return nullptr;
}

napi_value inputGradient(Arguments& args) {
  const Conv1dShape shape = shapeArguments(args, "conv1dInputGradient");
  const float* weight = args.floats("weight", weights(shape));
  const float* dy = args.floats("dy", outputs(shape));
  float* dx = args.floats("dx", inputs(shape));
  kernels().conv1d.inputGradient(shape, weight, dy, dx, args.flag("bf16"));
  return nullptr;
}

napi_value weightGradient(Arguments& args) {
  const Conv1dShape shape = shapeArguments(args, "conv1dWeightGradient");
  const float* x = args.floats("x", inputs(shape));
  const float* dy = args.floats("dy", outputs(shape));
  float* dWeight = args.floats("dWeight", weights(shape));
  kernels().conv1d.weightGradient(shape, x, dy, dWeight, args.flag("bf16"));
  return nullptr;
}

const Export kExports[] = {
    {"conv1dForward", forward},
    {"conv1dInputGradient", inputGradient},
    {"conv1dWeightGradient", weightGradient},
};

}  // namespace

void exportConv1d(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
