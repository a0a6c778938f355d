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

size_t inputs(const Conv1dShape& s) { return countOf({s.batch, s.length, s.in}); }
size_t weights(const Conv1dShape& s) { return countOf({s.out, s.in, s.kernel}); }
size_t outputs(const Conv1dShape& s) { return countOf({s.batch, s.positions(), s.out}); }

napi_value forward(Arguments& args) {
  const Conv1dShape shape = shapeArguments(args, "conv1dForward");
  const float* x = args.floats("x", inputs(shape));
  const float* weight = args.floats("weight", weights(shape));
  const float* bias = args.optionalFloats("bias", shape.out);
  float* y = args.floats("y", outputs(shape));
  const bool bf16 = args.flag("bf16");
  if (outputs(shape) > 0) kernels().conv1d.forward(shape, x, weight, bias, y, bf16);
  return nullptr;
}

struct Argument {
  const char* name;
  size_t (*count)(const Conv1dShape&);
};

/** Both gradients: of one factor of the products, by the other and dy. */
napi_value gradient(Arguments& args, const char* function, Argument other, Argument result, Conv1dGradient kernel) {
  const Conv1dShape shape = shapeArguments(args, function);
  const float* factor = args.floats(other.name, other.count(shape));
  const float* dy = args.floats("dy", outputs(shape));
  float* out = args.floats(result.name, result.count(shape));
  const bool bf16 = args.flag("bf16");
  if (result.count(shape) > 0) kernel(shape, factor, dy, out, bf16);
  return nullptr;
}

napi_value inputGradient(Arguments& args) {
  return gradient(args, "conv1dInputGradient", {"weight", weights}, {"dx", inputs}, kernels().conv1d.inputGradient);
}

napi_value weightGradient(Arguments& args) {
  return gradient(args, "conv1dWeightGradient", {"x", inputs}, {"dWeight", weights}, kernels().conv1d.weightGradient);
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
