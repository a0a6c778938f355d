#include "elementwise.h"
#include "walk.h"
#include "wide_math.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** Alpha, scale of the scaled exponential linear unit: arXiv:1706.02515. */
constexpr double kSeluScaleAlpha = 1.7580993408473768599402175208123;
constexpr double kSeluScale = 1.0507009873554804934193349852946;

/**
 * Values that one vector loop takes: a multiple of every vector, so that each element passes through the same
 * instructions wherever it lies (a loop's scalar rest could round products and sums otherwise).
 */
constexpr ptrdiff_t kBlock = 64;

template <class Function>
__attribute__((noinline)) void block(const Function& f, const float* x, float* out) {
#pragma GCC ivdep
  for (ptrdiff_t i = 0; i < kBlock; i++) out[i] = f(x[i]);
}

template <class Function>
void map(const float* x, float* out, size_t count, const Function& f) {
  forEachStretch(static_cast<ptrdiff_t>(count), [&](ptrdiff_t from, ptrdiff_t n) {
    ptrdiff_t i = from;
    for (; i + kBlock <= from + n; i += kBlock) block(f, x + i, out + i);
    const size_t rest = static_cast<size_t>(from + n - i) * sizeof(float);
    if (rest == 0) return;
    float in[kBlock] = {}, result[kBlock];
    __builtin_memcpy(in, x + i, rest);
    block(f, in, result);
    __builtin_memcpy(out + i, result, rest);
  });
}

/** A function of the float64 of a value. */
#define GDIFF_MAP(expression) \
  return map(x, out, count, [=](float narrow) -> float { \
    const double v = narrow; \
    return static_cast<float>(expression); \
  })

double softplus(double v) {
  const double threshold = -13.942385003135364;  // ln 2^-23 + 2
  const double e = wideExp(v);
  const double middle = wideLog(1.0 + e);
  return v < threshold ? e : (v > -threshold ? v : middle);
}

/** Abramowitz and Stegun, 7.1.26, with the constants of TensorFlow.js: error below 1.5e-7. */
double erf(double v) {
  const double size = __builtin_fabs(v);
  const double t = 1.0 / (1.0 + 0.3275911 * size);
  const double p = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const double positive = 1.0 - p * wideExp(-size * size);
  const double sign = v > 0.0 ? 1.0 : (v < 0.0 ? -1.0 : v);
  return sign * positive;
}

void unary(Unary function, const float* x, float* out, size_t count, double p, double q) {
  switch (function) {
    case Unary::Abs: GDIFF_MAP(__builtin_fabs(v));
    case Unary::Neg: GDIFF_MAP(-v);
    case Unary::Square: GDIFF_MAP(v * v);
    case Unary::Sqrt: GDIFF_MAP(__builtin_sqrt(v));
    case Unary::Rsqrt: GDIFF_MAP(1.0 / __builtin_sqrt(v));
    case Unary::Reciprocal: GDIFF_MAP(1.0 / v);
    case Unary::Relu: GDIFF_MAP(v <= 0.0 ? 0.0 : v);
    case Unary::Relu6: GDIFF_MAP(v <= 0.0 ? 0.0 : (v > 6.0 ? 6.0 : v));
    case Unary::LeakyRelu: GDIFF_MAP(v < 0.0 ? p * v : v);
    case Unary::Step: GDIFF_MAP(v > 0.0 ? 1.0 : (v <= 0.0 ? p : v));
    case Unary::Sign: GDIFF_MAP(v > 0.0 ? 1.0 : (v < 0.0 ? -1.0 : 0.0));
    case Unary::Floor: GDIFF_MAP(__builtin_floor(v));
    case Unary::Ceil: GDIFF_MAP(__builtin_ceil(v));
    case Unary::Round: GDIFF_MAP(v == -0.5 ? 0.0 : __builtin_rint(v));
    case Unary::ClipByValue: GDIFF_MAP(v > q ? q : (v < p ? p : v));
    case Unary::Exp: GDIFF_MAP(wideExp(v));
    case Unary::Expm1: GDIFF_MAP(wideExpm1(v));
    case Unary::Log: GDIFF_MAP(wideLog(v));
    case Unary::Log1p: GDIFF_MAP(wideLog1p(v));
    case Unary::Sigmoid: GDIFF_MAP(1.0 / (1.0 + wideExp(-v)));
    case Unary::Tanh: GDIFF_MAP(wideTanh(v));
    case Unary::Softplus: GDIFF_MAP(softplus(v));
    case Unary::Erf: GDIFF_MAP(erf(v));
    case Unary::Elu: GDIFF_MAP(v >= 0.0 ? v : wideExp(v) - 1.0);
    case Unary::Selu: GDIFF_MAP(v >= 0.0 ? kSeluScale * v : kSeluScaleAlpha * (wideExp(v) - 1.0));
    case Unary::Sin: GDIFF_MAP(__builtin_sin(v));
    case Unary::Cos: GDIFF_MAP(__builtin_cos(v));
    case Unary::Tan: GDIFF_MAP(__builtin_tan(v));
    case Unary::Asin: GDIFF_MAP(__builtin_asin(v));
    case Unary::Acos: GDIFF_MAP(__builtin_acos(v));
    case Unary::Atan: GDIFF_MAP(__builtin_atan(v));
    case Unary::Sinh: GDIFF_MAP(__builtin_sinh(v));
    case Unary::Cosh: GDIFF_MAP(__builtin_cosh(v));
    case Unary::Asinh: GDIFF_MAP(__builtin_asinh(v));
    case Unary::Acosh: GDIFF_MAP(__builtin_acosh(v));
    case Unary::Atanh: GDIFF_MAP(__builtin_atanh(v));
    case Unary::Count: return;
  }
}

template <class In, class Function>
void mapToBytes(const In* x, uint8_t* out, size_t count, const Function& f) {
  forEachStretch(static_cast<ptrdiff_t>(count), [&](ptrdiff_t from, ptrdiff_t n) {
#pragma GCC ivdep
    for (ptrdiff_t i = from; i < from + n; i++) out[i] = f(x[i]);
  });
}

void test(Test function, const float* x, uint8_t* out, size_t count) {
  const float infinity = __builtin_inff();
  switch (function) {
    case Test::IsNan: return mapToBytes(x, out, count, [](float v) -> uint8_t { return v != v; });
    case Test::IsInf:
      return mapToBytes(x, out, count, [=](float v) -> uint8_t { return __builtin_fabsf(v) == infinity; });
    case Test::IsFinite:
      return mapToBytes(x, out, count, [=](float v) -> uint8_t { return __builtin_fabsf(v) < infinity; });
    case Test::Count: return;
  }
}

void logicalNot(const uint8_t* x, uint8_t* out, size_t count) {
  mapToBytes(x, out, count, [](uint8_t v) -> uint8_t { return v == 0; });
}

}  // namespace

extern const UnaryKernels unaryKernels;
const UnaryKernels unaryKernels = {unary, test, logicalNot};

}  // namespace gdiff::GDIFF_ISA
