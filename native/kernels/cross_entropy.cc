#include "cross_entropy.h"

#include "../parallel.h"
#include "narrow_rows.h"

namespace gdiff::GDIFF_ISA {

namespace {

constexpr size_t kRowsPerTask = 1024;  // heads have four or five classes: narrow rows

bool isClass(int32_t id, size_t classes) { return id >= 0 && static_cast<size_t>(id) < classes; }

/** Σ weight · −ln softmax(logits)[x0] of up to W rows, added to `total` row by row. */
void addRows(double& total, const NarrowRows& rows, const int32_t* x0, const float* weight) {
  const F shift = rows.most();
  F poison = F{};  // 0, or NaN where a logit is not finite
  for (ptrdiff_t c = 0; c < rows.width; c++) poison += (rows.column(c) - shift) * F{};
  const F normaliser = logarithm(rows.sumOfExponentials(shift)) + poison;
  for (ptrdiff_t row = 0; row < rows.count; row++) {
    const int32_t id = x0[row];
    const bool isCounted = isClass(id, static_cast<size_t>(rows.width));
    const float picked = isCounted ? rows.x[row * rows.width + id] - shift[row] : 0.0f;
    const float factor = isCounted ? weight[row] : weight[row] * 0.0f;
    total += static_cast<double>(factor * (normaliser[row] - picked));
  }
}

float forward(const float* logits, const int32_t* x0, const float* weight, size_t rows, size_t classes) {
  const size_t tasks = (rows + kRowsPerTask - 1) / kRowsPerTask;
  Scratch scratch;
  double* totals = scratch.take<double>(tasks);
  parallelFor(tasks, [=](size_t task) {
    const size_t begin = task * kRowsPerTask, end = rows - begin < kRowsPerTask ? rows : begin + kRowsPerTask;
    double total = 0;
    for (size_t row = begin; row < end; row += W)
      addRows(total, NarrowRows(logits + row * classes, end - row, classes), x0 + row, weight + row);
    totals[task] = total;
  });
  double loss = 0;
  for (size_t task = 0; task < tasks; task++) loss += totals[task];
  return static_cast<float>(loss);
}

void backwardRows(const NarrowRows& rows, const int32_t* x0, const float* weight, float dy, float* dLogits) {
  const F shift = rows.most();
  const F normaliser = rows.sumOfExponentials(shift);
  float factors[W] = {};
  for (ptrdiff_t row = 0; row < rows.count; row++)
    factors[row] = dy * (isClass(x0[row], static_cast<size_t>(rows.width)) ? weight[row] : weight[row] * 0.0f);
  const F factor = load(factors);
  for (ptrdiff_t c = 0; c < rows.width; c++) {
    const F probability = exponential(rows.column(c) - shift) / normaliser;
    const F slope = factor * probability;
    for (ptrdiff_t row = 0; row < rows.count; row++)
      dLogits[row * rows.width + c] = x0[row] == c ? factor[row] * (probability[row] - 1.0f) : slope[row];
  }
}

void backward(const float* logits, const int32_t* x0, const float* weight, float dy, float* dLogits, size_t rows,
              size_t classes) {
  parallelFor((rows + kRowsPerTask - 1) / kRowsPerTask, [=](size_t task) {
    const size_t begin = task * kRowsPerTask, end = rows - begin < kRowsPerTask ? rows : begin + kRowsPerTask;
    for (size_t row = begin; row < end; row += W)
      backwardRows(NarrowRows(logits + row * classes, end - row, classes), x0 + row, weight + row, dy,
                   dLogits + row * classes);
  });
}

}  // namespace

extern const CrossEntropyKernels crossEntropy;
const CrossEntropyKernels crossEntropy = {forward, backward};

}  // namespace gdiff::GDIFF_ISA
