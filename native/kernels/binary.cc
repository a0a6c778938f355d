#include "elementwise.h"
#include "integer.h"
#include "walk.h"

namespace gdiff::GDIFF_ISA {

namespace {

using Axes = Walk<3>;

Axes axesOf(size_t rank, const int32_t* dims, const int32_t* strideA, const int32_t* strideB) {
  Axes walk;
  ptrdiff_t outer[kMostAxes];
  ptrdiff_t size = 1;
  for (size_t axis = rank; axis-- > 0;) {
    outer[axis] = size;
    size *= dims[axis];
  }
  for (size_t axis = 0; axis < rank; axis++) walk.add(dims[axis], {strideA[axis], strideB[axis], outer[axis]});
  walk.finish();
  return walk;
}

/** Broadcast operands are row-major, so along the innermost axis each goes on by one or stays. */
template <class In, class Out, class Function>
void stretch(const In* a, ptrdiff_t stepA, const In* b, ptrdiff_t stepB, Out* out, ptrdiff_t n, const Function& f) {
  if (stepA != 0 && stepB != 0) {
#pragma GCC ivdep
    for (ptrdiff_t i = 0; i < n; i++) out[i] = f(a[i], b[i]);
  } else if (stepA != 0) {
    const In one = *b;
#pragma GCC ivdep
    for (ptrdiff_t i = 0; i < n; i++) out[i] = f(a[i], one);
  } else {
    const In one = *a;
#pragma GCC ivdep
    for (ptrdiff_t i = 0; i < n; i++) out[i] = f(one, b[i]);
  }
}

template <class In, class Out, class Function>
void combine(const Axes& walk, const In* a, const In* b, Out* out, const Function& f) {
  const int last = walk.rank - 1;
  forEachStretch(walk, [&](const ptrdiff_t (&offsets)[3], ptrdiff_t n) {
    stretch(a + offsets[0], walk.strides[0][last], b + offsets[1], walk.strides[1][last], out + offsets[2], n, f);
  });
}

GDIFF_INLINE int32_t bitsOf(float value) {
  int32_t bits;
  __builtin_memcpy(&bits, &value, 4);
  return bits;
}
GDIFF_INLINE float floatOf(int32_t bits) {
  float value;
  __builtin_memcpy(&value, &bits, 4);
  return value;
}

/** NaN when either is; +0 is the larger zero. Equal numbers have equal bits but for zeros. */
GDIFF_INLINE float larger(float a, float b) {
  const float ordered = a > b ? a : (a == b ? floatOf(bitsOf(a) & bitsOf(b)) : b);
  return a != a ? a : ordered;
}
GDIFF_INLINE float smaller(float a, float b) {
  const float ordered = a < b ? a : (a == b ? floatOf(bitsOf(a) | bitsOf(b)) : b);
  return a != a ? a : ordered;
}

/** Unlike C's, JavaScript's power of ±1 to an infinity or NaN is NaN. */
double power(double a, double b) {
  if (b != b || (__builtin_fabs(a) == 1.0 && __builtin_fabs(b) == __builtin_inf())) return __builtin_nan("");
  return __builtin_pow(a, b);
}

/** The remainder with the divisor's sign, by TensorFlow.js' steps. */
double modulo(double a, double b) {
  const double rest = __builtin_fmod(a, b);
  const bool isOneSign = (a < 0 && b < 0) || (a >= 0 && b >= 0);
  return isOneSign ? rest : __builtin_fmod(rest + b, b);
}

#define GDIFF_COMBINE(expression) \
  return combine(walk, a, b, out, [](float p, float q) -> float { return static_cast<float>(expression); })

void arithmetic(Arithmetic function, const float* a, const float* b, float* out, size_t rank, const int32_t* dims,
                const int32_t* strideA, const int32_t* strideB) {
  const Axes walk = axesOf(rank, dims, strideA, strideB);
  using Wide = double;
  switch (function) {
    case Arithmetic::Add: GDIFF_COMBINE(p + q);
    case Arithmetic::Sub: GDIFF_COMBINE(p - q);
    case Arithmetic::Multiply: GDIFF_COMBINE(p * q);
    case Arithmetic::RealDiv: GDIFF_COMBINE(p / q);
    case Arithmetic::Maximum: GDIFF_COMBINE(larger(p, q));
    case Arithmetic::Minimum: GDIFF_COMBINE(smaller(p, q));
    case Arithmetic::SquaredDifference: GDIFF_COMBINE((Wide{p} - Wide{q}) * (Wide{p} - Wide{q}));
    case Arithmetic::Pow: GDIFF_COMBINE(power(p, q));
    case Arithmetic::Mod: GDIFF_COMBINE(modulo(p, q));
    case Arithmetic::Prelu: GDIFF_COMBINE(p < 0 ? q * p : p);
    case Arithmetic::Atan2: GDIFF_COMBINE(__builtin_atan2(p, q));
    case Arithmetic::EluGrad: GDIFF_COMBINE(q >= 0 ? Wide{p} : Wide{p} * (Wide{q} + 1.0));
    case Arithmetic::AddFromZero: GDIFF_COMBINE((p + q) + 0.0f);
    case Arithmetic::Count: return;
  }
}

GDIFF_INLINE int32_t wrap(int64_t value) { return static_cast<int32_t>(static_cast<uint32_t>(value)); }

#define GDIFF_COMBINE_INTEGERS(expression) \
  return combine(walk, a, b, out, [](int32_t p, int32_t q) -> int32_t { return expression; })

void integerArithmetic(IntegerArithmetic function, const int32_t* a, const int32_t* b, int32_t* out, size_t rank,
                       const int32_t* dims, const int32_t* strideA, const int32_t* strideB) {
  const Axes walk = axesOf(rank, dims, strideA, strideB);
  using Long = int64_t;
  // JavaScript's product of integers is a float64, rounded beyond 2^53 before it is taken modulo 2^32.
  switch (function) {
    case IntegerArithmetic::Add: GDIFF_COMBINE_INTEGERS(wrap(Long{p} + q));
    case IntegerArithmetic::Sub: GDIFF_COMBINE_INTEGERS(wrap(Long{p} - q));
    case IntegerArithmetic::Multiply:
      GDIFF_COMBINE_INTEGERS(wrap(static_cast<Long>(static_cast<double>(p) * static_cast<double>(q))));
    case IntegerArithmetic::FloorDiv:
      GDIFF_COMBINE_INTEGERS(toInt32(__builtin_floor(static_cast<double>(p) / static_cast<double>(q))));
    case IntegerArithmetic::Maximum: GDIFF_COMBINE_INTEGERS(p > q ? p : q);
    case IntegerArithmetic::Minimum: GDIFF_COMBINE_INTEGERS(p < q ? p : q);
    case IntegerArithmetic::SquaredDifference:
      GDIFF_COMBINE_INTEGERS(toInt32((static_cast<double>(p) - q) * (static_cast<double>(p) - q)));
    case IntegerArithmetic::Mod: GDIFF_COMBINE_INTEGERS(toInt32(modulo(p, q)));
    case IntegerArithmetic::Count: return;
  }
}

template <class T>
void compareOf(Comparison function, const T* a, const T* b, uint8_t* out, const Axes& walk) {
  switch (function) {
    case Comparison::Equal: return combine(walk, a, b, out, [](T p, T q) -> uint8_t { return p == q; });
    case Comparison::NotEqual: return combine(walk, a, b, out, [](T p, T q) -> uint8_t { return p != q; });
    case Comparison::Less: return combine(walk, a, b, out, [](T p, T q) -> uint8_t { return p < q; });
    case Comparison::LessEqual: return combine(walk, a, b, out, [](T p, T q) -> uint8_t { return p <= q; });
    case Comparison::Greater: return combine(walk, a, b, out, [](T p, T q) -> uint8_t { return p > q; });
    case Comparison::GreaterEqual: return combine(walk, a, b, out, [](T p, T q) -> uint8_t { return p >= q; });
    case Comparison::LogicalAnd: return combine(walk, a, b, out, [](T p, T q) -> uint8_t { return p != 0 && q != 0; });
    case Comparison::LogicalOr: return combine(walk, a, b, out, [](T p, T q) -> uint8_t { return p != 0 || q != 0; });
    case Comparison::Count: return;
  }
}

void compare(Comparison function, ElementType type, const void* a, const void* b, uint8_t* out, size_t rank,
             const int32_t* dims, const int32_t* strideA, const int32_t* strideB) {
  const Axes walk = axesOf(rank, dims, strideA, strideB);
  switch (type) {
    case ElementType::Float32:
      return compareOf(function, static_cast<const float*>(a), static_cast<const float*>(b), out, walk);
    case ElementType::Int32:
      return compareOf(function, static_cast<const int32_t*>(a), static_cast<const int32_t*>(b), out, walk);
    case ElementType::Byte:
      return compareOf(function, static_cast<const uint8_t*>(a), static_cast<const uint8_t*>(b), out, walk);
    case ElementType::Count: return;
  }
}

}  // namespace

extern const BinaryKernels binaryKernels;
const BinaryKernels binaryKernels = {arithmetic, integerArithmetic, compare};

}  // namespace gdiff::GDIFF_ISA
