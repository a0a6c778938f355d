#include "gemm.h"

#include "weight_gradient.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** Adds the bias and clips at zero, on a block that was just written. NaN stays NaN. */
void finishBlock(const Gemm& p, float* out, const Block& block) {
  const ptrdiff_t n = static_cast<ptrdiff_t>(p.n);
  for (ptrdiff_t row = block.row; row < block.row + block.rows; row++)
    for (ptrdiff_t i = 0; i < block.columns; i += W) {
      const ptrdiff_t left = block.columns - i, column = block.column + i;
      float* at = out + row * n + column;
      F value = loadUpTo(at, left);
      if (p.bias != nullptr) value += loadUpTo(p.bias + column, left);
      if (p.relu) value = value < F{} ? F{} : value;
      storeUpTo(at, value, left);
    }
}

template <class Unit>
void multiplyIn(const Gemm& p) {
  const ptrdiff_t m = static_cast<ptrdiff_t>(p.m), n = static_cast<ptrdiff_t>(p.n), k = static_cast<ptrdiff_t>(p.k);
  const auto operandsOf = [&](ptrdiff_t i) {
    const ptrdiff_t a = p.aIndex == nullptr ? i : p.aIndex[i], b = p.bIndex == nullptr ? i : p.bIndex[i];
    return Operands<float, float>{{p.a + a * m * k, p.transposeA ? m : k, p.transposeA},
                                  {p.b + b * k * n, p.transposeB ? k : n, p.transposeB},
                                  {p.out + i * m * n, n, false}};
  };
  const bool isPlain = p.bias == nullptr && !p.relu;
  products<Unit>({m, n, k}, static_cast<ptrdiff_t>(p.batch), operandsOf, [&](ptrdiff_t i, const Block& block) {
    if (!isPlain) finishBlock(p, p.out + i * m * n, block);
  });
}

void multiplyGemm(const Gemm& product) {
  if (product.bf16) multiplyIn<Bfloat16>(product);
  else multiplyIn<Float32>(product);
}

template <class Unit>
void linearBackwardIn(const LinearBackward& l) {
  const ptrdiff_t rows = static_cast<ptrdiff_t>(l.rows), in = static_cast<ptrdiff_t>(l.in),
                  out = static_cast<ptrdiff_t>(l.out);
  if (l.dx != nullptr)
    product<Unit>({rows, in, out}, Operand<float>{l.dy, out, false}, Operand<float>{l.weight, in, false},
                  {l.dx, in, false});
  if (l.dWeight != nullptr) weightGradient<Unit>(rows, out, in, l.dy, out, l.x, in, l.dWeight, false);
  if (l.dBias != nullptr) columnSums(rows, out, l.dy, out, l.dBias, false);
}

void linearBackward(const LinearBackward& linear) {
  if (linear.bf16) linearBackwardIn<Bfloat16>(linear);
  else linearBackwardIn<Float32>(linear);
}

}  // namespace

extern const GemmKernels gemm;
const GemmKernels gemm = {multiplyGemm, linearBackward};

}  // namespace gdiff::GDIFF_ISA
