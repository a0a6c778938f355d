#include "copy.h"

#include "walk.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** Array 0 is read, array 1 written. */
using Axes = Walk<2>;

/** Side of a square that is transposed at once: its rows and columns stay in the first cache. */
constexpr ptrdiff_t kSide = 32;

template <class T>
void stretches(const Axes& walk, const T* from, T* to) {
  const ptrdiff_t stepFrom = walk.strides[0][walk.rank - 1], stepTo = walk.strides[1][walk.rank - 1];
  forEachStretch(walk, [&](const ptrdiff_t (&offsets)[2], ptrdiff_t n) {
    const T* x = from + offsets[0];
    T* out = to + offsets[1];
    if (stepFrom == 1 && stepTo == 1 && n * static_cast<ptrdiff_t>(sizeof(T)) >= 128) {
      __builtin_memcpy(out, x, static_cast<size_t>(n) * sizeof(T));
    } else if (stepTo == 1 && stepFrom == 1) {
      for (ptrdiff_t i = 0; i < n; i++) out[i] = x[i];
    } else if (stepTo == 1 && stepFrom == 0) {
      const T value = *x;
      for (ptrdiff_t i = 0; i < n; i++) out[i] = value;
    } else {
      for (ptrdiff_t i = 0; i < n; i++) out[i * stepTo] = x[i * stepFrom];
    }
  });
}

/** The last two axes are [rows, columns] of `to` and, transposed, of `from`: read along one, written along the other. */
template <class T>
void transposed(const Axes& walk, const T* from, T* to) {
  const int r = walk.rank - 2, c = walk.rank - 1;
  const ptrdiff_t rows = walk.dims[r], columns = walk.dims[c];
  const ptrdiff_t bands = (rows + kSide - 1) / kSide;
  parallelFor(static_cast<size_t>(walk.rows(2) * bands), [&](size_t index) {
    const ptrdiff_t task = static_cast<ptrdiff_t>(index);
    const Cursor<2> at(walk, task / bands, 2);
    const ptrdiff_t row0 = task % bands * kSide, row1 = row0 + kSide < rows ? row0 + kSide : rows;
    for (ptrdiff_t column0 = 0; column0 < columns; column0 += kSide) {
      const ptrdiff_t column1 = column0 + kSide < columns ? column0 + kSide : columns;
      for (ptrdiff_t row = row0; row < row1; row++) {
        const T* x = from + at.offsets[0] + row * walk.strides[0][r];
        T* out = to + at.offsets[1] + row * walk.strides[1][r];
        for (ptrdiff_t column = column0; column < column1; column++)
          out[column * walk.strides[1][c]] = x[column * walk.strides[0][c]];
      }
    }
  });
}

ptrdiff_t magnitude(ptrdiff_t stride) { return stride < 0 ? -stride : stride; }

/** Puts the axis that is read one by one beside the last, which is written so; false where the last is both. */
bool bringTogether(Axes& walk) {
  const int last = walk.rank - 1;
  if (walk.rank < 2 || magnitude(walk.strides[0][last]) <= 1 || walk.dims[last] < 4) return false;
  int axis = last - 1;
  while (axis >= 0 && magnitude(walk.strides[0][axis]) != 1) axis--;
  if (axis < 0 || walk.dims[axis] < 4) return false;
  const ptrdiff_t size = walk.dims[axis], read = walk.strides[0][axis], written = walk.strides[1][axis];
  for (; axis < last - 1; axis++) {
    walk.dims[axis] = walk.dims[axis + 1];
    for (auto& strides : walk.strides) strides[axis] = strides[axis + 1];
  }
  walk.dims[axis] = size;
  walk.strides[0][axis] = read;
  walk.strides[1][axis] = written;
  return true;
}

template <class T>
void copy(Axes& walk, const void* from, void* to) {
  if (bringTogether(walk)) transposed(walk, static_cast<const T*>(from), static_cast<T*>(to));
  else stretches(walk, static_cast<const T*>(from), static_cast<T*>(to));
}

void strided(size_t elementBytes, size_t rank, const int32_t* dims, const void* from, const int32_t* fromStrides,
             void* to, const int32_t* toStrides) {
  Axes walk;
  for (size_t axis = 0; axis < rank; axis++) {
    if (dims[axis] == 0) return;
    walk.add(dims[axis], {fromStrides[axis], toStrides[axis]});
  }
  walk.finish();
  if (elementBytes == 1) copy<uint8_t>(walk, from, to);
  else copy<uint32_t>(walk, from, to);
}

}  // namespace

extern const CopyKernels copyKernels;
const CopyKernels copyKernels = {strided};

}  // namespace gdiff::GDIFF_ISA
