#include "attention.h"

#include "attention/backward_heads.h"
#include "attention/forward.h"
#include "attention/rotate.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** Float32 tensors as operands, rows of padded<Unit>(headWidth) values. */
template <class Unit>
struct NarrowedInputs {
  using T = typename Unit::T;
  const AttentionShape& shape;
  ptrdiff_t headWidth, stride;
  float scale;
  T *q, *k, *v;

  NarrowedInputs(Scratch& scratch, const AttentionShape& shape, const AttentionInputs& from)
      : shape(shape),
        headWidth(static_cast<ptrdiff_t>(shape.headWidth)),
        stride(padded<Unit>(headWidth)),
        scale(1.0f / __builtin_sqrtf(static_cast<float>(headWidth))) {
    const size_t heads = shape.batch * shape.heads;
    q = narrow(scratch, from.q, heads * shape.queries, scale);
    k = narrow(scratch, from.k, heads * shape.keys, 1.0f);
    v = narrow(scratch, from.v, heads * shape.keys, 1.0f);
  }

  T* narrow(Scratch& scratch, const float* from, size_t rows, float factor) const {
    constexpr size_t kRows = 256;
    T* to = scratch.take<T>(rows * static_cast<size_t>(stride));
    parallelFor((rows + kRows - 1) / kRows, [&](size_t task) {
      Scratch inner;
      float* row = inner.take<float>(static_cast<size_t>(headWidth));
      for (size_t r = task * kRows; r < rows && r < (task + 1) * kRows; r++) {
        copyRow(row, from + r * shape.headWidth, headWidth);
        if (factor != 1.0f) scaleRow(row, headWidth, factor);
        T* place = to + r * static_cast<size_t>(stride);
        narrowRow<Unit>(place, row, headWidth);
        zeroFrom<Unit>(place, headWidth, stride);
      }
    });
    return to;
  }

  Head<Unit> at(size_t row, size_t head) const {
    const size_t index = row * shape.heads + head, width = static_cast<size_t>(stride);
    return {q + index * shape.queries * width,
            k + index * shape.keys * width,
            v + index * shape.keys * width,
            static_cast<ptrdiff_t>(shape.queries),
            headWidth,
            RowPattern(shape, row)};
  }
};

template <class Unit>
void forwardOf(const AttentionShape& shape, const AttentionInputs& inputs, float* out, float* lse) {
  Scratch scratch;
  const NarrowedInputs<Unit> narrowed(scratch, shape, inputs);
  attendHeads<Unit>(
      shape, lse, [&](size_t row, size_t head) { return narrowed.at(row, head); },
      [&](size_t row, size_t head, ptrdiff_t query, const float* values) {
        const size_t place = (row * shape.heads + head) * shape.queries + static_cast<size_t>(query);
        copyRow(out + place * shape.headWidth, values, narrowed.headWidth);
      });
}

template <class Unit>
void backwardOf(const AttentionShape& shape, const AttentionInputs& inputs, const float* out, const float* lse,
                const float* dOut, const AttentionGradients& gradients) {
  using T = typename Unit::T;
  Scratch scratch;
  const NarrowedInputs<Unit> narrowed(scratch, shape, inputs);
  const size_t rows = shape.batch * shape.heads * shape.queries;
  const T* slopes = narrowed.narrow(scratch, dOut, rows, 1.0f);
  float* delta = scratch.take<float>(rows);
  for (size_t row = 0; row < rows; row++) {
    F total = F{};
    for (ptrdiff_t i = 0; i < narrowed.headWidth; i += W) {
      const size_t place = row * shape.headWidth + static_cast<size_t>(i);
      const ptrdiff_t left = narrowed.headWidth - i;
      total += loadUpTo(dOut + place, left) * loadUpTo(out + place, left);
    }
    delta[row] = sum(total);
  }
  const auto place = [&](size_t row, size_t head, size_t positions, ptrdiff_t position) {
    return ((row * shape.heads + head) * positions + static_cast<size_t>(position)) * shape.headWidth;
  };
  differentiateHeads<Unit>(
      shape, narrowed.scale, [&](size_t row, size_t head) { return narrowed.at(row, head); },
      [&](size_t row, size_t head) {
        const size_t first = (row * shape.heads + head) * shape.queries;
        return HeadGradient<Unit>{slopes + first * static_cast<size_t>(narrowed.stride), delta + first, lse + first};
      },
      [&](size_t row, size_t head, ptrdiff_t query, const float* dq) {
        copyRow(gradients.q + place(row, head, shape.queries, query), dq, narrowed.headWidth);
      },
      [&](size_t row, size_t head, ptrdiff_t key, const float* dk, const float* dv) {
        copyRow(gradients.k + place(row, head, shape.keys, key), dk, narrowed.headWidth);
        copyRow(gradients.v + place(row, head, shape.keys, key), dv, narrowed.headWidth);
      });
}

void forward(const AttentionShape& shape, const AttentionInputs& inputs, float* out, float* lse, bool bf16) {
  if (bf16) forwardOf<Bfloat16>(shape, inputs, out, lse);
  else forwardOf<Float32>(shape, inputs, out, lse);
}

void backward(const AttentionShape& shape, const AttentionInputs& inputs, const float* out, const float* lse,
              const float* dOut, const AttentionGradients& gradients, bool bf16) {
  if (bf16) backwardOf<Bfloat16>(shape, inputs, out, lse, dOut, gradients);
  else backwardOf<Float32>(shape, inputs, out, lse, dOut, gradients);
}

void rotary(const float* x, const float* cos, const float* sin, float* out, size_t rows, size_t length,
            size_t headWidth, float direction) {
  constexpr size_t kRows = 256;
  parallelFor((rows + kRows - 1) / kRows, [&](size_t task) {
    for (size_t row = task * kRows; row < rows && row < (task + 1) * kRows; row++)
      rotateRow(out + row * headWidth, x + row * headWidth, {cos, sin}, static_cast<ptrdiff_t>(row % length),
                static_cast<ptrdiff_t>(headWidth), direction);
  });
}

}  // namespace

extern const AttentionKernels attention;
constexpr AttentionKernels attention = {forward, backward, rotary};

}  // namespace gdiff::GDIFF_ISA
