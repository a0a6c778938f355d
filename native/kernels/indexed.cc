#include "indexed.h"

#include "walk.h"

namespace gdiff::GDIFF_ISA {

namespace {

void gather(const uint8_t* x, const int32_t* indices, uint8_t* out, size_t batch, size_t outer, size_t size,
            size_t count, size_t sliceBytes) {
  if (sliceBytes == 0) return;
  const size_t slices = batch * outer * count;
  const size_t perTask = 4 * kElementsPerTask / sliceBytes + 1;
  parallelFor((slices + perTask - 1) / perTask, [&](size_t task) {
    const size_t end = (task + 1) * perTask < slices ? (task + 1) * perTask : slices;
    for (size_t slice = task * perTask; slice < end; slice++) {
      const size_t block = slice / count, row = block / outer;
      const size_t index = static_cast<size_t>(indices[row * count + slice % count]);
      __builtin_memcpy(out + slice * sliceBytes, x + (block * size + index) * sliceBytes, sliceBytes);
    }
  });
}

template <class T>
void oneHotOf(const int32_t* indices, T* out, ptrdiff_t count, ptrdiff_t depth, T on, T off) {
  const ptrdiff_t perTask = kElementsPerTask / (depth > 0 ? depth : 1) + 1;
  parallelFor(static_cast<size_t>((count + perTask - 1) / perTask), [&](size_t index) {
    const ptrdiff_t first = static_cast<ptrdiff_t>(index) * perTask;
    const ptrdiff_t end = first + perTask < count ? first + perTask : count;
    for (ptrdiff_t i = first * depth; i < end * depth; i++) out[i] = off;
    for (ptrdiff_t row = first; row < end; row++)
      if (indices[row] >= 0 && indices[row] < depth) out[row * depth + indices[row]] = on;
  });
}

void oneHot(const int32_t* indices, void* out, size_t elementBytes, size_t count, size_t depth, uint32_t on,
            uint32_t off) {
  const ptrdiff_t rows = static_cast<ptrdiff_t>(count), columns = static_cast<ptrdiff_t>(depth);
  if (elementBytes == 1)
    oneHotOf<uint8_t>(indices, static_cast<uint8_t*>(out), rows, columns, on != 0, off != 0);
  else oneHotOf<uint32_t>(indices, static_cast<uint32_t*>(out), rows, columns, on, off);
}

/** Rows are sorted by segment (stably, by counting), then each segment's rows are summed by columns. */
void segmentSum(const float* x, const int32_t* names, float* out, size_t rowCount, size_t inner, size_t segmentCount) {
  constexpr ptrdiff_t kColumns = 64;
  const ptrdiff_t rows = static_cast<ptrdiff_t>(rowCount), width = static_cast<ptrdiff_t>(inner);
  const ptrdiff_t segments = static_cast<ptrdiff_t>(segmentCount);
  Scratch scratch;
  ptrdiff_t* starts = scratch.take<ptrdiff_t>(segmentCount + 2);
  ptrdiff_t* order = scratch.take<ptrdiff_t>(rowCount);
  for (ptrdiff_t s = 0; s < segments + 2; s++) starts[s] = 0;
  const auto isNamed = [&](ptrdiff_t row) { return names[row] >= 0 && names[row] < segments; };
  for (ptrdiff_t row = 0; row < rows; row++)
    if (isNamed(row)) starts[names[row] + 2]++;
  for (ptrdiff_t s = 2; s < segments + 2; s++) starts[s] += starts[s - 1];
  // starts[s + 1] is where segment s goes on; once all rows are placed, it is where s + 1 begins.
  for (ptrdiff_t row = 0; row < rows; row++)
    if (isNamed(row)) order[starts[names[row] + 1]++] = row;
  const ptrdiff_t bands = (width + kColumns - 1) / kColumns;
  const ptrdiff_t units = segments * bands;
  constexpr ptrdiff_t kUnitsPerTask = 4;
  parallelFor(static_cast<size_t>((units + kUnitsPerTask - 1) / kUnitsPerTask), [&](size_t task) {
    const ptrdiff_t first = static_cast<ptrdiff_t>(task) * kUnitsPerTask;
    for (ptrdiff_t unit = first; unit < units && unit < first + kUnitsPerTask; unit++) {
      const ptrdiff_t segment = unit / bands, column = unit % bands * kColumns;
      const ptrdiff_t columns = width - column < kColumns ? width - column : kColumns;
      double sums[kColumns] = {};
      for (ptrdiff_t i = starts[segment]; i < starts[segment + 1]; i++) {
        const float* row = x + order[i] * width + column;
#pragma GCC ivdep
        for (ptrdiff_t c = 0; c < columns; c++) sums[c] += static_cast<double>(row[c]);
      }
      for (ptrdiff_t c = 0; c < columns; c++) out[segment * width + column + c] = static_cast<float>(sums[c]);
    }
  });
}

}  // namespace

extern const IndexedKernels indexedKernels;
const IndexedKernels indexedKernels = {gather, oneHot, segmentSum};

}  // namespace gdiff::GDIFF_ISA
