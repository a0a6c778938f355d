#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

/** At least one class: a softmax over none is nothing. */
size_t classesArgument(Arguments& args) {
  const size_t classes = args.size("classes");
  if (classes == 0) throw ArgumentError("native maskedCrossEntropy: expected classes to be 1 or more, got 0");
  return classes;
}

napi_value forward(Arguments& args) {
  const size_t rows = args.size("rows"), classes = classesArgument(args);
  const float* logits = args.floats("logits", countOf({rows, classes}));
  const int32_t* x0 = args.ints("x0", rows);
  const float* weight = args.floats("weight", rows);
  *args.floats("loss", 1) = kernels().crossEntropy.forward(logits, x0, weight, rows, classes);
  return nullptr;
}

napi_value backward(Arguments& args) {
  const size_t rows = args.size("rows"), classes = classesArgument(args);
  const float* logits = args.floats("logits", countOf({rows, classes}));
  const int32_t* x0 = args.ints("x0", rows);
  const float* weight = args.floats("weight", rows);
  const float dy = *args.floats("dy", 1);
  kernels().crossEntropy.backward(logits, x0, weight, dy, args.floats("dLogits", countOf({rows, classes})), rows, classes);
  return nullptr;
}

const Export kExports[] = {
    {"maskedCrossEntropyForward", forward},
    {"maskedCrossEntropyBackward", backward},
};

}  // namespace

void exportCrossEntropy(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
