/**
 * Walks over the elements of several arrays of one shape at once, each array with strides of its own: broadcasting is
 * a stride of 0, transposition an order of strides, reversal a negative one.
 */
#pragma once

#include <cstddef>
#include <cstdint>

#include "../parallel.h"

namespace gdiff::GDIFF_ISA {

constexpr int kMostAxes = 16;

/** Elements that one task works on; fixed, so that nothing depends on the number of threads. */
constexpr ptrdiff_t kElementsPerTask = 32768;

/** A shape and the strides, in elements, of `Arrays` arrays over it. */
template <int Arrays>
struct Walk {
  int rank = 0;
  ptrdiff_t dims[kMostAxes];
  ptrdiff_t strides[Arrays][kMostAxes];

  /** Adds an axis inside those that are there; one that continues the axis before it in every array lengthens that. */
  void add(ptrdiff_t size, const ptrdiff_t (&stride)[Arrays]) {
    if (size == 1) return;
    bool isContinued = rank > 0;
    for (int i = 0; i < Arrays && isContinued; i++) isContinued = strides[i][rank - 1] == size * stride[i];
    if (isContinued) rank--;
    dims[rank] = isContinued ? dims[rank] * size : size;
    for (int i = 0; i < Arrays; i++) strides[i][rank] = stride[i];
    rank++;
  }

  /** Makes the innermost axis explicit where the whole is one element. */
  void finish() {
    if (rank > 0) return;
    rank = 1;
    dims[0] = 1;
    for (int i = 0; i < Arrays; i++) strides[i][0] = 1;
  }

  ptrdiff_t innermost() const { return dims[rank - 1]; }

  /** Steps over all axes but the last `inner`. */
  ptrdiff_t rows(int inner = 1) const {
    ptrdiff_t count = 1;
    for (int axis = 0; axis < rank - inner; axis++) count *= dims[axis];
    return count;
  }
};

/** Goes through the rows of a walk, a row being what the last `inner` axes hold. */
template <int Arrays>
struct Cursor {
  ptrdiff_t offsets[Arrays];

  Cursor(const Walk<Arrays>& walk, ptrdiff_t row, int inner = 1) : walk_(walk), last_(walk.rank - 1 - inner) {
    for (int i = 0; i < Arrays; i++) offsets[i] = 0;
    for (int axis = last_; axis >= 0; axis--) {
      index_[axis] = row % walk.dims[axis];
      row /= walk.dims[axis];
      for (int i = 0; i < Arrays; i++) offsets[i] += index_[axis] * walk.strides[i][axis];
    }
  }

  void next() {
    for (int axis = last_; axis >= 0; axis--) {
      for (int i = 0; i < Arrays; i++) offsets[i] += walk_.strides[i][axis];
      if (++index_[axis] < walk_.dims[axis]) return;
      for (int i = 0; i < Arrays; i++) offsets[i] -= walk_.dims[axis] * walk_.strides[i][axis];
      index_[axis] = 0;
    }
  }

 private:
  const Walk<Arrays>& walk_;
  const int last_;
  ptrdiff_t index_[kMostAxes];
};

/**
 * Calls body(offsets, count) for stretches of the innermost axis that cover the whole, in parallel; `offsets` are
 * those of a stretch's first element.
 */
template <int Arrays, class Body>
static void forEachStretch(const Walk<Arrays>& walk, const Body& body) {
  const ptrdiff_t length = walk.innermost(), rows = walk.rows();
  if (length == 0 || rows == 0) return;
  const ptrdiff_t pieces = (length + kElementsPerTask - 1) / kElementsPerTask;
  const ptrdiff_t rowsPerTask = pieces > 1 ? 1 : (kElementsPerTask + length - 1) / length;
  const ptrdiff_t tasks = pieces > 1 ? rows * pieces : (rows + rowsPerTask - 1) / rowsPerTask;
  parallelFor(static_cast<size_t>(tasks), [&](size_t index) {
    const ptrdiff_t task = static_cast<ptrdiff_t>(index);
    if (pieces > 1) {
      Cursor<Arrays> at(walk, task / pieces);
      const ptrdiff_t from = task % pieces * kElementsPerTask;
      for (int i = 0; i < Arrays; i++) at.offsets[i] += from * walk.strides[i][walk.rank - 1];
      body(at.offsets, length - from < kElementsPerTask ? length - from : kElementsPerTask);
      return;
    }
    const ptrdiff_t end = (task + 1) * rowsPerTask < rows ? (task + 1) * rowsPerTask : rows;
    Cursor<Arrays> at(walk, task * rowsPerTask);
    for (ptrdiff_t row = task * rowsPerTask; row < end; row++, at.next()) body(at.offsets, length);
  });
}

/** The same over `count` elements that lie one after another. */
template <class Body>
static void forEachStretch(ptrdiff_t count, const Body& body) {
  parallelFor(static_cast<size_t>((count + kElementsPerTask - 1) / kElementsPerTask), [&](size_t index) {
    const ptrdiff_t from = static_cast<ptrdiff_t>(index) * kElementsPerTask;
    body(from, count - from < kElementsPerTask ? count - from : kElementsPerTask);
  });
}

}  // namespace gdiff::GDIFF_ISA
