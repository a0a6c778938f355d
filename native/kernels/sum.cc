#include "reduce.h"
#include "walk.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** Sums kept side by side along a row, so that additions do not wait for each other. */
constexpr ptrdiff_t kLanes = 32;
/** Columns that one task sums side by side. */
constexpr ptrdiff_t kColumns = 128;

double sumOf(const float* x, ptrdiff_t count) {
  if (count <= 8) {
    double total = 0.0;
    for (ptrdiff_t i = 0; i < count; i++) total += static_cast<double>(x[i]);
    return total;
  }
  double lanes[kLanes] = {};
  ptrdiff_t i = 0;
  for (; i + kLanes <= count; i += kLanes)
    for (ptrdiff_t lane = 0; lane < kLanes; lane++) lanes[lane] += static_cast<double>(x[i + lane]);
  for (ptrdiff_t lane = 0; i + lane < count; lane++) lanes[lane] += static_cast<double>(x[i + lane]);
  for (ptrdiff_t half = kLanes / 2; half > 0; half /= 2)
    for (ptrdiff_t lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
  return lanes[0];
}

void sumColumns(const float* x, ptrdiff_t rows, ptrdiff_t width, ptrdiff_t columns, double* out) {
  for (ptrdiff_t c = 0; c < columns; c++) out[c] = 0.0;
  for (ptrdiff_t row = 0; row < rows; row++)
#pragma GCC ivdep
    for (ptrdiff_t c = 0; c < columns; c++) out[c] += static_cast<double>(x[row * width + c]);
}

ptrdiff_t atMost(ptrdiff_t value, ptrdiff_t most) { return value < most ? value : most; }

/**
 * The axis is cut into pieces of a fixed size; (outer, piece, columns) are tasks that leave partial sums, which are
 * then added in the order of the pieces.
 */
void sum(const float* x, float* out, size_t outerSize, size_t countSize, size_t innerSize, double divisor) {
  const ptrdiff_t outer = static_cast<ptrdiff_t>(outerSize), count = static_cast<ptrdiff_t>(countSize);
  const ptrdiff_t inner = static_cast<ptrdiff_t>(innerSize);
  if (outer == 0 || inner == 0) return;
  const ptrdiff_t columns = atMost(inner, kColumns), bands = (inner + columns - 1) / columns;
  const ptrdiff_t length = kElementsPerTask / columns, pieces = count > length ? (count + length - 1) / length : 1;
  const ptrdiff_t unitElements = atMost(count > 0 ? count : 1, length) * columns;
  const ptrdiff_t units = outer * pieces * bands, perTask = kElementsPerTask / unitElements;
  Scratch scratch;
  double* partial = pieces > 1 ? scratch.take<double>(static_cast<size_t>(outer * pieces * inner)) : nullptr;
  parallelFor(static_cast<size_t>((units + perTask - 1) / perTask), [&](size_t task) {
    const ptrdiff_t first = static_cast<ptrdiff_t>(task) * perTask, end = atMost(first + perTask, units);
    for (ptrdiff_t unit = first; unit < end; unit++) {
      const ptrdiff_t band = unit % bands, piece = unit / bands % pieces, row = unit / bands / pieces;
      const ptrdiff_t from = piece * length, rows = atMost(count - from, length);
      const ptrdiff_t column = band * columns, width = atMost(inner - column, columns);
      const float* values = x + (row * count + from) * inner + column;
      double sums[kColumns];
      if (inner == 1) sums[0] = sumOf(values, rows);
      else sumColumns(values, rows, inner, width, sums);
      for (ptrdiff_t c = 0; c < width; c++) {
        if (partial != nullptr) partial[(row * pieces + piece) * inner + column + c] = sums[c];
        else out[row * inner + column + c] = static_cast<float>(sums[c] / divisor);
      }
    }
  });
  if (partial == nullptr) return;
  parallelFor(static_cast<size_t>(outer), [&](size_t index) {
    const ptrdiff_t row = static_cast<ptrdiff_t>(index);
    for (ptrdiff_t c = 0; c < inner; c++) {
      double total = 0.0;
      for (ptrdiff_t piece = 0; piece < pieces; piece++) total += partial[(row * pieces + piece) * inner + c];
      out[row * inner + c] = static_cast<float>(total / divisor);
    }
  });
}

}  // namespace

extern const SumKernels sumKernels;
const SumKernels sumKernels = {sum};

}  // namespace gdiff::GDIFF_ISA
