#include "max_pool.h"

#include "../parallel.h"
#include "simd.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** Values of x that one task looks at, about. */
constexpr size_t kValuesPerTask = 1 << 15;

GDIFF_INLINE bool isLarger(float value, float best) { return value > best || value != value; }

/** Calls sequence(b) for each of the batch, several a task where they are short. */
template <class Sequence>
void sequences(size_t batch, size_t valuesOfOne, const Sequence& sequence) {
  const size_t each = valuesOfOne < kValuesPerTask ? kValuesPerTask / (valuesOfOne + 1) + 1 : 1;
  parallelFor((batch + each - 1) / each, [&](size_t task) {
    const size_t end = batch - task * each < each ? batch : (task + 1) * each;
    for (size_t b = task * each; b < end; b++) sequence(b);
  });
}

void forward(const float* x, float* out, size_t batch, size_t length, size_t width, size_t window) {
  const size_t windows = length / window;
  sequences(batch, length * width, [=](size_t b) {
    for (size_t w = 0; w < windows; w++) {
      const float* from = x + (b * length + w * window) * width;
      float* to = out + (b * windows + w) * width;
      for (size_t i = 0; i < width; i++) {
        float best = from[i];
        for (size_t tap = 1; tap < window; tap++) {
          const float value = from[tap * width + i];
          best = isLarger(value, best) ? value : best;
        }
        to[i] = best;
      }
    }
  });
}

void backward(const float* x, const float* dy, float* dx, size_t batch, size_t length, size_t width, size_t window) {
  const size_t windows = length / window;
  sequences(batch, length * width, [=](size_t b) {
    float* slopes = dx + b * length * width;
    for (size_t i = 0; i < length * width; i++) slopes[i] = 0;
    for (size_t w = 0; w < windows; w++) {
      const float* from = x + (b * length + w * window) * width;
      for (size_t i = 0; i < width; i++) {
        size_t largest = 0;
        for (size_t tap = 1; tap < window; tap++)
          if (isLarger(from[tap * width + i], from[largest * width + i])) largest = tap;
        slopes[(w * window + largest) * width + i] = dy[(b * windows + w) * width + i];
      }
    }
  });
}

}  // namespace

extern const MaxPoolKernels maxPool;
const MaxPoolKernels maxPool = {forward, backward};

}  // namespace gdiff::GDIFF_ISA
