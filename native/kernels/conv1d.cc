/**
 * The `kernel` rows of x that an output sees lie one after another, so x itself, read with `in` values between rows of
 * kernel · in, is the left operand of one product: nothing is copied to widen it.
 */
#include "conv1d.h"

#include "weight_gradient.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** The sizes, signed as products take them. */
struct Sizes {
  ptrdiff_t batch, length, in, out, kernel, positions;

  explicit Sizes(const Conv1dShape& shape)
      : batch(static_cast<ptrdiff_t>(shape.batch)),
        length(static_cast<ptrdiff_t>(shape.length)),
        in(static_cast<ptrdiff_t>(shape.in)),
        out(static_cast<ptrdiff_t>(shape.out)),
        kernel(static_cast<ptrdiff_t>(shape.kernel)),
        positions(static_cast<ptrdiff_t>(shape.positions())) {}
};

/** weight [out, in, kernel] as [out, kernel · in]. */
float* tapsOutside(Scratch& scratch, const Sizes& s, const float* weight) {
  float* turned = scratch.take<float>(static_cast<size_t>(s.out * s.kernel * s.in));
  for (ptrdiff_t o = 0; o < s.out; o++)
    for (ptrdiff_t tap = 0; tap < s.kernel; tap++)
      for (ptrdiff_t i = 0; i < s.in; i++)
        turned[(o * s.kernel + tap) * s.in + i] = weight[(o * s.in + i) * s.kernel + tap];
  return turned;
}

template <class Unit>
void forwardIn(const Sizes& s, const float* x, const float* weight, const float* bias, float* y) {
  Scratch scratch;
  const ptrdiff_t inner = s.kernel * s.in;
  const float* taps = tapsOutside(scratch, s, weight);
  const auto operandsOf = [&](ptrdiff_t b) {
    return Operands<float, float>{{x + b * s.length * s.in, s.in, false},
                                  {taps, inner, true},
                                  {y + b * s.positions * s.out, s.out, false}};
  };
  products<Unit>({s.positions, s.out, inner}, s.batch, operandsOf, [&](ptrdiff_t b, const Block& block) {
    if (bias == nullptr) return;
    for (ptrdiff_t row = block.row; row < block.row + block.rows; row++)
      for (ptrdiff_t i = 0; i < block.columns; i += W) {
        const ptrdiff_t left = block.columns - i, column = block.column + i;
        float* at = y + (b * s.positions + row) * s.out + column;
        storeUpTo(at, loadUpTo(at, left) + loadUpTo(bias + column, left), left);
      }
  });
}

void forward(Conv1dShape shape, const float* x, const float* weight, const float* bias, float* y, bool bf16) {
  if (bf16) forwardIn<Bfloat16>(Sizes(shape), x, weight, bias, y);
  else forwardIn<Float32>(Sizes(shape), x, weight, bias, y);
}

/**
 * dy with kernel − 1 rows of zeros before the first sequence and after each: [kernel − 1 + batch · length, out]. Its rows
 * then go by those of x, sequences end to end.
 */
float* padded(Scratch& scratch, const Sizes& s, const float* dy) {
  const ptrdiff_t border = (s.kernel - 1) * s.out, values = s.positions * s.out;
  float* rows = scratch.take<float>(static_cast<size_t>(border + s.batch * s.length * s.out));
  for (ptrdiff_t i = 0; i < border; i++) rows[i] = 0;
  parallelFor(static_cast<size_t>(s.batch), [&](size_t task) {
    const ptrdiff_t b = static_cast<ptrdiff_t>(task);
    float* to = rows + border + b * s.length * s.out;
    __builtin_memcpy(to, dy + b * values, static_cast<size_t>(values) * sizeof(float));
    for (ptrdiff_t i = 0; i < border; i++) to[values + i] = 0;
  });
  return rows;
}

/** A convolution of the padded dy with the taps in reverse. */
template <class Unit>
void inputGradientIn(const Sizes& s, const float* weight, const float* dy, float* dx) {
  Scratch scratch;
  const float* rows = padded(scratch, s, dy);
  const ptrdiff_t inner = s.kernel * s.out;
  float* reversed = scratch.take<float>(static_cast<size_t>(inner * s.in));  // [kernel · out, in]
  for (ptrdiff_t tap = 0; tap < s.kernel; tap++)
    for (ptrdiff_t o = 0; o < s.out; o++)
      for (ptrdiff_t i = 0; i < s.in; i++)
        reversed[((s.kernel - 1 - tap) * s.out + o) * s.in + i] = weight[(o * s.in + i) * s.kernel + tap];
  product<Unit>({s.batch * s.length, s.in, inner}, Operand<float>{rows, s.out, false},
                Operand<float>{reversed, s.in, false}, {dx, s.in, false});
}

void inputGradient(Conv1dShape shape, const float* weight, const float* dy, float* dx, bool bf16) {
  if (bf16) inputGradientIn<Bfloat16>(Sizes(shape), weight, dy, dx);
  else inputGradientIn<Float32>(Sizes(shape), weight, dy, dx);
}

/** Windows that reach from one sequence into the next meet a row of zeros of the padded dy. */
template <class Unit>
void weightGradientIn(const Sizes& s, const float* x, const float* dy, float* dWeight) {
  Scratch scratch;
  const ptrdiff_t inner = s.kernel * s.in, border = s.kernel - 1;
  const float* rows = padded(scratch, s, dy) + border * s.out;
  const ptrdiff_t windows = s.batch == 0 ? 0 : s.batch * s.length - border;
  float* taps = scratch.take<float>(static_cast<size_t>(s.out * inner));
  weightGradient<Unit>(windows, s.out, inner, rows, s.out, x, s.in, taps);
  for (ptrdiff_t o = 0; o < s.out; o++)
    for (ptrdiff_t i = 0; i < s.in; i++)
      for (ptrdiff_t tap = 0; tap < s.kernel; tap++)
        dWeight[(o * s.in + i) * s.kernel + tap] = taps[(o * s.kernel + tap) * s.in + i];
}

void gradientOfWeight(Conv1dShape shape, const float* x, const float* dy, float* dWeight, bool bf16) {
  if (bf16) weightGradientIn<Bfloat16>(Sizes(shape), x, dy, dWeight);
  else weightGradientIn<Float32>(Sizes(shape), x, dy, dWeight);
}

}  // namespace

extern const Conv1dKernels conv1d;
const Conv1dKernels conv1d = {forward, inputGradient, gradientOfWeight};

}  // namespace gdiff::GDIFF_ISA
