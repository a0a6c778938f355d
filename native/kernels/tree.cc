#include "tree.h"

#include "../parallel.h"
#include "square_sum.h"

namespace gdiff::GDIFF_ISA {

namespace {

constexpr size_t kValuesPerTask = 1 << 15;

size_t tasksOf(size_t size) { return (size + kValuesPerTask - 1) / kValuesPerTask; }

/** Values of the task that starts at `begin`. */
ptrdiff_t taskSize(size_t size, size_t begin) {
  return static_cast<ptrdiff_t>(size - begin < kValuesPerTask ? size - begin : kValuesPerTask);
}

double squares(const float* from, ptrdiff_t count) {
  SquareSum sum;
  for (ptrdiff_t i = 0; i < count; i += W) sum.add(loadUpTo(from + i, count - i));
  return sum.total();
}

float norm(const Values* tensors, size_t count) {
  size_t tasks = 0;
  for (size_t i = 0; i < count; i++) tasks += tasksOf(tensors[i].size);
  Scratch scratch;
  Values* parts = scratch.take<Values>(tasks);
  double* sums = scratch.take<double>(tasks);
  size_t task = 0;
  for (size_t i = 0; i < count; i++)
    for (size_t begin = 0; begin < tensors[i].size; begin += kValuesPerTask)
      parts[task++] = {tensors[i].data + begin, static_cast<size_t>(taskSize(tensors[i].size, begin))};
  parallelFor(tasks, [&](size_t t) { sums[t] = squares(parts[t].data, static_cast<ptrdiff_t>(parts[t].size)); });
  double total = 0;
  for (size_t t = 0; t < tasks; t++) total += sums[t];
  return static_cast<float>(__builtin_sqrt(total));
}

void add(const float* sum, const float* term, float* out, size_t size) {
  parallelFor(tasksOf(size), [&](size_t task) {
    const size_t begin = task * kValuesPerTask;
    const ptrdiff_t n = taskSize(size, begin);
    const float* left = sum + begin;
    const float* right = term + begin;
    float* to = out + begin;
    for (ptrdiff_t i = 0; i < n; i += W)
      storeUpTo(to + i, loadUpTo(left + i, n - i) + loadUpTo(right + i, n - i), n - i);
  });
}

}  // namespace

extern const TreeKernels tree;
const TreeKernels tree = {norm, add};

}  // namespace gdiff::GDIFF_ISA
