#include "activation.h"

#include "../parallel.h"
#include "gelu.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** Values that one task takes: some microseconds of work, and its operands fit a cache of the first level but one. */
constexpr size_t kValuesPerTask = 16384;

/** Calls body(i, left) at each vector of [0, count); `left` ≥ 1 values remain from i. */
template <class Body>
void forEachVector(size_t count, const Body& body) {
  parallelFor((count + kValuesPerTask - 1) / kValuesPerTask, [&](size_t task) {
    const size_t begin = task * kValuesPerTask;
    const size_t end = count - begin < kValuesPerTask ? count : begin + kValuesPerTask;
    for (size_t i = begin; i < end; i += W) body(i, static_cast<ptrdiff_t>(end - i));
  });
}

void geluForward(const float* x, float* out, size_t count) {
  forEachVector(count, [=](size_t i, ptrdiff_t left) { storeUpTo(out + i, geluOf<Float32>(loadUpTo(x + i, left)), left); });
}

void geluBackward(const float* x, const float* dy, float* dx, size_t count) {
  forEachVector(count, [=](size_t i, ptrdiff_t left) {
    storeUpTo(dx + i, loadUpTo(dy + i, left) * geluSlope<Float32>(loadUpTo(x + i, left)), left);
  });
}

void siluGateForward(const float* a, const float* b, float* out, size_t count) {
  forEachVector(count, [=](size_t i, ptrdiff_t left) {
    const F value = loadUpTo(a + i, left);
    storeUpTo(out + i, value * sigmoid(value) * loadUpTo(b + i, left), left);
  });
}

void siluGateBackward(const float* a, const float* b, const float* dy, float* da, float* db, size_t count) {
  forEachVector(count, [=](size_t i, ptrdiff_t left) {
    const F value = loadUpTo(a + i, left), slope = loadUpTo(dy + i, left);
    const F s = sigmoid(value), silu = value * s;
    storeUpTo(da + i, slope * loadUpTo(b + i, left) * (s + silu * (splat(1.0f) - s)), left);
    storeUpTo(db + i, slope * silu, left);
  });
}

}  // namespace

extern const ActivationKernels activation;
const ActivationKernels activation = {geluForward, geluBackward, siluGateForward, siluGateBackward};

}  // namespace gdiff::GDIFF_ISA
