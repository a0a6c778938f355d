#include "layer_norm.h"

#include "../parallel.h"
#include "simd.h"

namespace gdiff::GDIFF_ISA {

namespace {

constexpr size_t kRowsPerTask = 32;

void forward(const float* x, const float* gain, float* out, size_t rows, size_t width, float epsilon) {
  const ptrdiff_t n = static_cast<ptrdiff_t>(width);
  parallelFor((rows + kRowsPerTask - 1) / kRowsPerTask, [&](size_t task) {
    const size_t end = (task + 1) * kRowsPerTask < rows ? (task + 1) * kRowsPerTask : rows;
    for (size_t row = task * kRowsPerTask; row < end; row++) {
      const float* from = x + row * width;
      float* to = out + row * width;
      F total = F{};
      for (ptrdiff_t i = 0; i < n; i += W) total += loadUpTo(from + i, n - i);
      const F mean = splat(sum(total) / n);
      F squares = F{};
      for (ptrdiff_t i = 0; i < n; i += W) {
        F centred = loadUpTo(from + i, n - i) - mean;
        if (n - i < W) storePart(reinterpret_cast<float*>(&centred) + (n - i), F{}, W - (n - i));
        squares += centred * centred;
      }
      const F scale = splat(1.0f / __builtin_sqrtf(sum(squares) / n + epsilon));
      for (ptrdiff_t i = 0; i < n; i += W)
        storeUpTo(to + i, (loadUpTo(from + i, n - i) - mean) * scale * loadUpTo(gain + i, n - i), n - i);
    }
  });
}

}  // namespace

extern const LayerNormKernels layerNorm;
const LayerNormKernels layerNorm = {forward};

}  // namespace gdiff::GDIFF_ISA
