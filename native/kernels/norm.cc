#include "norm.h"

#include "../parallel.h"
#include "add_blocks.h"
#include "norm_rows.h"

namespace gdiff::GDIFF_ISA {

namespace {

constexpr size_t kRowsPerTask = 32;
constexpr size_t kRowsPerPartial = 64;

template <class Norm>
void forward(const float* x, const float* gain, float* out, size_t rows, size_t width, float epsilon) {
  parallelFor((rows + kRowsPerTask - 1) / kRowsPerTask, [&](size_t task) {
    const size_t begin = task * kRowsPerTask;
    const size_t count = rows - begin < kRowsPerTask ? rows - begin : kRowsPerTask;
    const ptrdiff_t n = static_cast<ptrdiff_t>(width);
    normaliseRows<Norm, Float32>(out + begin * width, n, x + begin * width, gain, static_cast<ptrdiff_t>(count), n,
                                 epsilon);
  });
}

template <class Norm>
void backward(const float* x, const float* gain, const float* dy, float* dx, float* dGain, size_t rows, size_t width,
              float epsilon) {
  const size_t blocks = (rows + kRowsPerPartial - 1) / kRowsPerPartial;
  Scratch scratch;
  float* partials = scratch.take<float>(blocks * width);
  parallelFor(blocks, [&](size_t block) {
    float* partial = partials + block * width;
    for (size_t i = 0; i < width; i++) partial[i] = 0;
    const size_t end = rows - block * kRowsPerPartial < kRowsPerPartial ? rows : (block + 1) * kRowsPerPartial;
    for (size_t row = block * kRowsPerPartial; row < end; row++)
      normaliseRowBackward<Norm>(dx + row * width, nullptr, partial, x + row * width, gain, dy + row * width,
                                 static_cast<ptrdiff_t>(width), epsilon);
  });
  addBlocks(dGain, partials, blocks, width);
}

}  // namespace

extern const NormKernels norm;
const NormKernels norm = {{forward<LayerNorm>, backward<LayerNorm>}, {forward<RmsNorm>, backward<RmsNorm>}};

}  // namespace gdiff::GDIFF_ISA
