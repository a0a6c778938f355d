#include "mean_pool.h"

#include "../parallel.h"
#include "simd.h"

namespace gdiff::GDIFF_ISA {

namespace {

constexpr size_t kColumnsPerTask = 64;
/** Positions added together before they join the total: long rows lose no digits. */
constexpr size_t kPositionsPerSum = 64;

F meanOfColumns(const float* x, size_t count, size_t width, ptrdiff_t left) {
  F total = F{};
  for (size_t block = 0; block < count; block += kPositionsPerSum) {
    const size_t end = count - block < kPositionsPerSum ? count : block + kPositionsPerSum;
    F part = F{};
    for (size_t position = block; position < end; position++) part += loadUpTo(x + position * width, left);
    total += part;
  }
  return total / splat(static_cast<float>(count));
}

void forward(const float* x, const int32_t* lengths, float* out, size_t batch, size_t length, size_t width) {
  const size_t tasksPerRow = (width + kColumnsPerTask - 1) / kColumnsPerTask;
  parallelFor(batch * tasksPerRow, [=](size_t task) {
    const size_t row = task / tasksPerRow, begin = task % tasksPerRow * kColumnsPerTask;
    const size_t end = width - begin < kColumnsPerTask ? width : begin + kColumnsPerTask;
    for (size_t i = begin; i < end; i += W) {
      const ptrdiff_t left = static_cast<ptrdiff_t>(end - i);
      const F mean = meanOfColumns(x + row * length * width + i, static_cast<size_t>(lengths[row]), width, left);
      storeUpTo(out + row * width + i, mean, left);
    }
  });
}

void backward(const float* dy, const int32_t* lengths, float* dx, size_t batch, size_t length, size_t width) {
  const size_t tasksPerRow = (length + kPositionsPerSum - 1) / kPositionsPerSum;
  parallelFor(batch * tasksPerRow, [=](size_t task) {
    const size_t row = task / tasksPerRow, begin = task % tasksPerRow * kPositionsPerSum;
    const size_t end = length - begin < kPositionsPerSum ? length : begin + kPositionsPerSum;
    const size_t count = static_cast<size_t>(lengths[row]);
    const F divisor = splat(static_cast<float>(count));
    for (size_t position = begin; position < end; position++)
      for (size_t i = 0; i < width; i += W) {
        const ptrdiff_t left = static_cast<ptrdiff_t>(width - i);
        const F slope = position < count ? loadUpTo(dy + row * width + i, left) / divisor : F{};
        storeUpTo(dx + (row * length + position) * width + i, slope, left);
      }
  });
}

}  // namespace

extern const MeanPoolKernels meanPool;
const MeanPoolKernels meanPool = {forward, backward};

}  // namespace gdiff::GDIFF_ISA
