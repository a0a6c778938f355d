#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

napi_value number(napi_env env, double value) {
  napi_value result;
  napi_create_double(env, value, &result);
  return result;
}

float factor(Arguments& args, const char* name) { return static_cast<float>(args.number(name)); }

napi_value adamW(Arguments& args) {
  const size_t size = args.size("size");
  AdamWTensors from;
  from.param = args.floats("param", size);
  from.mu = args.floats("mu", size);
  from.nu = args.floats("nu", size);
  from.ema = args.floats("ema", size);
  const float* grad = args.floats("grad", size);
  AdamWResult to;
  to.param = args.floats("nextParam", size);
  to.mu = args.floats("nextMu", size);
  to.nu = args.floats("nextNu", size);
  to.ema = args.floats("nextEma", size);
  AdamWStep step;
  step.gradientScale = factor(args, "gradientScale");
  const double beta1 = args.number("beta1"), beta2 = args.number("beta2");
  step.beta1 = static_cast<float>(beta1);
  step.oneMinusBeta1 = static_cast<float>(1 - beta1);
  step.beta2 = static_cast<float>(beta2);
  step.oneMinusBeta2 = static_cast<float>(1 - beta2);
  step.correction2 = factor(args, "correction2");
  step.epsilon = factor(args, "epsilon");
  step.rate = factor(args, "rate");
  step.decay = factor(args, "decay");
  const double emaDecay = args.number("emaDecay");
  step.emaDecay = static_cast<float>(emaDecay);
  step.oneMinusEmaDecay = static_cast<float>(1 - emaDecay);
  return number(args.env(), kernels().adamw.update(from, grad, to, size, step));
}

napi_value treeNorm(Arguments& args) {
  const std::vector<Floats> tensors = args.listOfFloats("tensors");
  std::vector<Values> values;
  values.reserve(tensors.size());
  for (const Floats& tensor : tensors) values.push_back({tensor.data, tensor.size});
  return number(args.env(), kernels().tree.norm(values.data(), values.size()));
}

napi_value accumulate(Arguments& args) {
  const size_t size = args.size("size");
  const float* sum = args.floats("sum", size);
  const float* term = args.floats("term", size);
  kernels().tree.add(sum, term, args.floats("out", size), size);
  return nullptr;
}

const Export kExports[] = {{"adamW", adamW}, {"treeNorm", treeNorm}, {"accumulate", accumulate}};

}  // namespace

void exportOptimiser(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
