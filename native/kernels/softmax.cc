#include "softmax.h"

#include "../parallel.h"
#include "narrow_rows.h"

namespace gdiff::GDIFF_ISA {

namespace {

constexpr size_t kValuesPerTask = 16384;

/** Largest value; NaN when one is. */
float largestOf(const float* x, ptrdiff_t n) {
  F most = splat(-__builtin_inff()), fault = F{};
  for (ptrdiff_t i = 0; i < n; i += W) {
    F value = loadUpTo(x + i, n - i);
    if (n - i < W)
      for (ptrdiff_t lane = n - i; lane < W; lane++) value[lane] = x[i];
    most = maximum(most, value);
    fault = value == value ? fault : value;  // a comparison alone would drop NaN
  }
  return largest(most) + sum(fault);
}

/** e^(x − most), and where a row ends 0. */
F shifted(const float* x, ptrdiff_t left, F most) {
  F value = exponential(loadUpTo(x, left) - most);
  for (ptrdiff_t lane = left; lane < W; lane++) value[lane] = 0;
  return value;
}

/** Terms that a lane adds before they join the total: long rows lose no digits. */
constexpr ptrdiff_t kValuesPerSum = 64 * W;

/** Σ e^(x − most); each term is also stored where `out` is not null. */
float sumOfExponentials(const float* x, float* out, ptrdiff_t n, F most) {
  F total = F{};
  for (ptrdiff_t block = 0; block < n; block += kValuesPerSum) {
    const ptrdiff_t end = n - block < kValuesPerSum ? n : block + kValuesPerSum;
    F part = F{};
    for (ptrdiff_t i = block; i < end; i += W) {
      const F value = shifted(x + i, n - i, most);
      if (out != nullptr) storeUpTo(out + i, value, n - i);
      part += value;
    }
    total += part;
  }
  return sum(total);
}

void softmaxRow(const float* x, float* out, ptrdiff_t n) {
  const F normaliser = splat(sumOfExponentials(x, out, n, splat(largestOf(x, n))));
  for (ptrdiff_t i = 0; i < n; i += W) storeUpTo(out + i, loadUpTo(out + i, n - i) / normaliser, n - i);
}

void logSoftmaxRow(const float* x, float* out, ptrdiff_t n) {
  const F most = splat(largestOf(x, n));
  const F normaliser = logarithm(splat(sumOfExponentials(x, nullptr, n, most)));
  for (ptrdiff_t i = 0; i < n; i += W) storeUpTo(out + i, (loadUpTo(x + i, n - i) - most) - normaliser, n - i);
}

void softmaxNarrow(const NarrowRows& rows, float* out) {
  const F most = rows.most();
  const F normaliser = rows.sumOfExponentials(most);
  for (ptrdiff_t c = 0; c < rows.width; c++)
    rows.storeColumn(out, c, exponential(rows.column(c) - most) / normaliser);
}

void logSoftmaxNarrow(const NarrowRows& rows, float* out) {
  const F most = rows.most();
  const F normaliser = logarithm(rows.sumOfExponentials(most));
  for (ptrdiff_t c = 0; c < rows.width; c++) rows.storeColumn(out, c, (rows.column(c) - most) - normaliser);
}

template <void (*wide)(const float*, float*, ptrdiff_t), void (*narrow)(const NarrowRows&, float*)>
void eachRow(const float* x, float* out, size_t rows, size_t width) {
  if (width == 0) return;
  const size_t perTask = width < kValuesPerTask ? kValuesPerTask / width : 1;
  parallelFor((rows + perTask - 1) / perTask, [=](size_t task) {
    const size_t begin = task * perTask, end = rows - begin < perTask ? rows : begin + perTask;
    if (width < W)
      for (size_t r = begin; r < end; r += W) narrow(NarrowRows(x + r * width, end - r, width), out + r * width);
    else
      for (size_t r = begin; r < end; r++) wide(x + r * width, out + r * width, static_cast<ptrdiff_t>(width));
  });
}

}  // namespace

extern const SoftmaxKernels softmax;
const SoftmaxKernels softmax = {eachRow<softmaxRow, softmaxNarrow>, eachRow<logSoftmaxRow, logSoftmaxNarrow>};

}  // namespace gdiff::GDIFF_ISA
