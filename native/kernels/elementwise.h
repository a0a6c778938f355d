/**
 * Functions of one element or of two, over whole tensors, as TensorFlow.js' cpu backend defines them: computed as if
 * in float64 and rounded once, NaN, infinities and signed zeros included.
 *
 * The order of an enumeration is the contract with src/backends/native/kernels/elementwise-codes.ts.
 */
#pragma once

#include <cstddef>
#include <cstdint>

namespace gdiff {

/** float32 to float32. `Step` and `LeakyRelu` take p = alpha, `ClipByValue` p = least, q = most. */
enum class Unary {
  Abs, Neg, Square, Sqrt, Rsqrt, Reciprocal, Relu, Relu6, LeakyRelu, Step, Sign, Floor, Ceil, Round, ClipByValue,
  Exp, Expm1, Log, Log1p, Sigmoid, Tanh, Softplus, Erf, Elu, Selu,
  Sin, Cos, Tan, Asin, Acos, Atan, Sinh, Cosh, Asinh, Acosh, Atanh, Count
};
/** float32 to one byte, 0 or 1. */
enum class Test { IsNan, IsInf, IsFinite, Count };
/** float32 with float32 to float32. `AddFromZero` is (a + b) + 0, the sum that starts at +0. */
enum class Arithmetic {
  Add, Sub, Multiply, RealDiv, Maximum, Minimum, SquaredDifference, Pow, Mod, Prelu, Atan2, EluGrad, AddFromZero, Count
};
/** int32 with int32 to int32, modulo 2^32. */
enum class IntegerArithmetic { Add, Sub, Multiply, FloorDiv, Maximum, Minimum, SquaredDifference, Mod, Count };
/** Two of one type (float32, int32, byte) to one byte, 0 or 1; the last two of bytes that are 0 or 1. */
enum class Comparison { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, LogicalAnd, LogicalOr, Count };
enum class ElementType { Float32, Int32, Byte, Count };

struct UnaryKernels {
  void (*unary)(Unary function, const float* x, float* out, size_t count, double p, double q);
  void (*test)(Test function, const float* x, uint8_t* out, size_t count);
  void (*logicalNot)(const uint8_t* x, uint8_t* out, size_t count);
};

/**
 * With broadcasting: `dims`, `strideA`, `strideB` are `rank` ints each, a stride that of a row-major operand or 0 on an
 * axis along which it is repeated. `out` may be `a` where they have one shape.
 */
struct BinaryKernels {
  void (*arithmetic)(Arithmetic function, const float* a, const float* b, float* out, size_t rank,
                     const int32_t* dims, const int32_t* strideA, const int32_t* strideB);
  void (*integerArithmetic)(IntegerArithmetic function, const int32_t* a, const int32_t* b, int32_t* out, size_t rank,
                            const int32_t* dims, const int32_t* strideA, const int32_t* strideB);
  void (*compare)(Comparison function, ElementType type, const void* a, const void* b, uint8_t* out, size_t rank,
                  const int32_t* dims, const int32_t* strideA, const int32_t* strideB);
};

struct ConvertKernels {
  /** out = condition == 1 ? a : b; four bytes an element. */
  void (*select)(const uint8_t* condition, const uint32_t* a, const uint32_t* b, uint32_t* out, size_t count);
  /** out[i] = x[i] in another type; to a byte: whether it is not 0; to int32 as JavaScript converts. */
  void (*cast)(ElementType from, ElementType to, const void* x, void* out, size_t count);
  /** out[i] = value, whose first `elementBytes`, 1 or 4, count. */
  void (*fill)(uint32_t value, size_t elementBytes, void* out, size_t count);
};

}  // namespace gdiff
