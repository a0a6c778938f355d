#include "../cpu.h"
#include "api.h"
#include "layout.h"

namespace gdiff {

namespace {

/** [outer, count, inner], the next three arguments. */
struct Shape {
  size_t outer, count, inner;

  explicit Shape(Arguments& args) : outer(args.size("outer")), count(args.size("count")), inner(args.size("inner")) {}
  size_t whole() const { return countOf({outer, count, inner}); }
  size_t reduced() const { return countOf({outer, inner}); }
};

napi_value reduceFloats(Arguments& args) {
  const Reduction function = code<Reduction>(args, "function");
  const Shape shape(args);
  const float* x = args.floats("x", shape.whole());
  float* out = args.floats("out", shape.reduced());
  kernels().reduce.floats(function, x, out, shape.outer, shape.count, shape.inner);
  return nullptr;
}

napi_value reduceIntegers(Arguments& args) {
  const IntegerReduction function = code<IntegerReduction>(args, "function");
  const Shape shape(args);
  const int32_t* x = args.ints("x", shape.whole());
  int32_t* out = args.ints("out", shape.reduced());
  kernels().reduce.integers(function, x, out, shape.outer, shape.count, shape.inner);
  return nullptr;
}

napi_value reduceBytes(Arguments& args) {
  const bool isAny = args.flag("isAny");
  const Shape shape(args);
  const uint8_t* x = args.bytes("x", shape.whole());
  kernels().reduce.all(isAny, x, args.bytes("out", shape.reduced()), shape.outer, shape.count, shape.inner);
  return nullptr;
}

napi_value argExtreme(Arguments& args) {
  const bool isMin = args.flag("isMin");
  const Shape shape(args);
  const float* x = args.floats("x", shape.whole());
  kernels().reduce.arg(isMin, x, args.ints("out", shape.reduced()), shape.outer, shape.count, shape.inner);
  return nullptr;
}

napi_value cumulate(Arguments& args) {
  const Shape shape(args);
  const float* x = args.floats("x", shape.whole());
  float* out = args.floats("out", shape.whole());
  const bool isExclusive = args.flag("isExclusive"), isReverse = args.flag("isReverse");
  kernels().reduce.cumulate(x, out, shape.outer, shape.count, shape.inner, isExclusive, isReverse);
  return nullptr;
}

const Export kExports[] = {
    {"reduceFloats", reduceFloats}, {"reduceIntegers", reduceIntegers}, {"reduceBytes", reduceBytes},
    {"argExtreme", argExtreme},     {"cumulate", cumulate},
};

}  // namespace

void exportReduce(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
