#include "embedding.h"

#include "../parallel.h"
#include "add_blocks.h"
#include "simd.h"

namespace gdiff::GDIFF_ISA {

namespace {

constexpr size_t kRowsPerTask = 64;

void forward(const int32_t* ids, const float* table, float* out, size_t rows, size_t width) {
  parallelFor((rows + kRowsPerTask - 1) / kRowsPerTask, [=](size_t task) {
    const size_t begin = task * kRowsPerTask;
    const size_t end = rows - begin < kRowsPerTask ? rows : begin + kRowsPerTask;
    for (size_t row = begin; row < end; row++)
      __builtin_memcpy(out + row * width, table + static_cast<size_t>(ids[row]) * width, width * sizeof(float));
  });
}

/** Each block of rows sums into a table of its own; blocks grow with vocab, so the tables never outweigh dy. */
void backward(const int32_t* ids, const float* dy, float* dTable, size_t rows, size_t vocab, size_t width) {
  constexpr size_t kRowsPerBlock = 256;
  const size_t perBlock = 4 * vocab > kRowsPerBlock ? 4 * vocab : kRowsPerBlock;
  const size_t blocks = (rows + perBlock - 1) / perBlock, size = vocab * width;
  Scratch scratch;
  float* partials = scratch.take<float>(blocks * size);
  parallelFor(blocks, [=](size_t block) {
    float* partial = partials + block * size;
    for (size_t i = 0; i < size; i++) partial[i] = 0;
    const size_t begin = block * perBlock, end = rows - begin < perBlock ? rows : begin + perBlock;
    for (size_t row = begin; row < end; row++) {
      float* to = partial + static_cast<size_t>(ids[row]) * width;
      const float* from = dy + row * width;
      for (size_t i = 0; i < width; i++) to[i] += from[i];
    }
  });
  addBlocks(dTable, partials, blocks, size);
}

}  // namespace

extern const EmbeddingKernels embedding;
const EmbeddingKernels embedding = {forward, backward};

}  // namespace gdiff::GDIFF_ISA
