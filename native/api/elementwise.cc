#include "../cpu.h"
#include "api.h"
#include "layout.h"

#include <cstring>

namespace gdiff {

namespace {

size_t bytesOf(ElementType type) { return type == ElementType::Byte ? 1 : 4; }

napi_value unary(Arguments& args) {
  const Unary function = code<Unary>(args, "function");
  const size_t count = args.size("count");
  const float* x = args.floats("x", count);
  float* out = args.floats("out", count);
  const double p = args.number("p"), q = args.number("q");
  kernels().unary.unary(function, x, out, count, p, q);
  return nullptr;
}

napi_value test(Arguments& args) {
  const Test function = code<Test>(args, "function");
  const size_t count = args.size("count");
  const float* x = args.floats("x", count);
  kernels().unary.test(function, x, args.bytes("out", count), count);
  return nullptr;
}

napi_value logicalNot(Arguments& args) {
  const size_t count = args.size("count");
  const uint8_t* x = args.bytes("x", count);
  kernels().unary.logicalNot(x, args.bytes("out", count), count);
  return nullptr;
}

napi_value arithmetic(Arguments& args) {
  const Arithmetic function = code<Arithmetic>(args, "function");
  const Layout layout(args, 2);
  const float* a = args.floats("a", layout.reach(0, 0));
  const float* b = args.floats("b", layout.reach(1, 0));
  float* out = args.floats("out", layout.count());
  kernels().binary.arithmetic(function, a, b, out, layout.rank(), layout.dims(), layout.strides(0), layout.strides(1));
  return nullptr;
}

napi_value integerArithmetic(Arguments& args) {
  const IntegerArithmetic function = code<IntegerArithmetic>(args, "function");
  const Layout layout(args, 2);
  const int32_t* a = args.ints("a", layout.reach(0, 0));
  const int32_t* b = args.ints("b", layout.reach(1, 0));
  int32_t* out = args.ints("out", layout.count());
  kernels().binary.integerArithmetic(function, a, b, out, layout.rank(), layout.dims(), layout.strides(0),
                                     layout.strides(1));
  return nullptr;
}

napi_value compare(Arguments& args) {
  const Comparison function = code<Comparison>(args, "function");
  const ElementType type = code<ElementType>(args, "type");
  const Layout layout(args, 2);
  const void* a = args.memory("a", countOf({layout.reach(0, 0), bytesOf(type)}));
  const void* b = args.memory("b", countOf({layout.reach(1, 0), bytesOf(type)}));
  uint8_t* out = args.bytes("out", layout.count());
  kernels().binary.compare(function, type, a, b, out, layout.rank(), layout.dims(), layout.strides(0),
                           layout.strides(1));
  return nullptr;
}

napi_value select(Arguments& args) {
  const size_t count = args.size("count");
  const uint8_t* condition = args.bytes("condition", count);
  const void* a = args.memory("a", count * 4);
  const void* b = args.memory("b", count * 4);
  void* out = args.memory("out", count * 4);
  kernels().convert.select(condition, static_cast<const uint32_t*>(a), static_cast<const uint32_t*>(b),
                           static_cast<uint32_t*>(out), count);
  return nullptr;
}

napi_value cast(Arguments& args) {
  const ElementType from = code<ElementType>(args, "from"), to = code<ElementType>(args, "to");
  const size_t count = args.size("count");
  const void* x = args.memory("x", count * bytesOf(from));
  kernels().convert.cast(from, to, x, args.memory("out", count * bytesOf(to)), count);
  return nullptr;
}

napi_value fill(Arguments& args) {
  const ElementType type = code<ElementType>(args, "type");
  const double number = args.number("value");
  const size_t count = args.size("count");
  void* out = args.memory("out", count * bytesOf(type));
  uint32_t bits = 0;
  if (type == ElementType::Float32) {
    const float value = static_cast<float>(number);
    std::memcpy(&bits, &value, 4);
  } else {
    if (!(number >= -2147483648.0 && number <= 2147483647.0))
      throw ArgumentError("native fill: expected value to be an int32, got " + std::to_string(number));
    bits = static_cast<uint32_t>(static_cast<int32_t>(number));
  }
  kernels().convert.fill(bits, bytesOf(type), out, count);
  return nullptr;
}

const Export kExports[] = {
    {"unary", unary},   {"test", test},     {"logicalNot", logicalNot},
    {"arithmetic", arithmetic},             {"integerArithmetic", integerArithmetic},
    {"compare", compare}, {"select", select}, {"cast", cast},
    {"fill", fill},
};

}  // namespace

void exportElementwise(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
