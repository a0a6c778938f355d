/**
 * Normalised rows, one at a time, for the norms themselves and for whatever is fused with one. `Norm` is LayerNorm
 * (arXiv:1607.06450, without bias) or RmsNorm (arXiv:1910.07467):
 *
 *     y = (x − mean) · scale · gain,   scale = 1 / sqrt(variance + epsilon)     (RmsNorm: mean 0, variance the mean square)
 *
 * A row's result depends on that row alone.
 */
#pragma once

#include "unit.h"

namespace gdiff::GDIFF_ISA {

struct RowStatistics {
  float mean;
  float scale;
};

/** Vector at `i` of a row of `width` values minus `shift`; exact zeros beyond the row's end. */
GDIFF_INLINE F centredAt(const float* x, ptrdiff_t i, ptrdiff_t width, F shift) {
  if (width - i >= W) return load(x + i) - shift;
  float whole[W] = {};
  for (ptrdiff_t lane = 0; lane < width - i; lane++) whole[lane] = x[i + lane] - shift[0];
  return load(whole);
}

struct LayerNorm {
  static constexpr bool isCentred = true;
  static inline RowStatistics statistics(const float* x, ptrdiff_t width, float epsilon) {
    F total = F{};
    for (ptrdiff_t i = 0; i < width; i += W) total += loadUpTo(x + i, width - i);
    const float mean = sum(total) / static_cast<float>(width);
    F squares = F{};
    for (ptrdiff_t i = 0; i < width; i += W) {
      const F centred = centredAt(x, i, width, splat(mean));
      squares += centred * centred;
    }
    return {mean, 1.0f / __builtin_sqrtf(sum(squares) / static_cast<float>(width) + epsilon)};
  }
};

struct RmsNorm {
  static constexpr bool isCentred = false;
  static inline RowStatistics statistics(const float* x, ptrdiff_t width, float epsilon) {
    F squares = F{};
    for (ptrdiff_t i = 0; i < width; i += W) {
      const F value = loadUpTo(x + i, width - i);
      squares += value * value;
    }
    return {0.0f, 1.0f / __builtin_sqrtf(sum(squares) / static_cast<float>(width) + epsilon)};
  }
};

/** One row as an operand: `width` normalised values, then zeros up to padded<Unit>(width). */
template <class Norm, class Unit>
static inline void normaliseRow(typename Unit::T* to, const float* x, const float* gain, ptrdiff_t width,
                                float epsilon) {
  const RowStatistics row = Norm::statistics(x, width, epsilon);
  const F mean = splat(row.mean), scale = splat(row.scale);
  ptrdiff_t i = 0;
  for (; i + W <= width; i += W) Unit::narrowTo(to + i, (load(x + i) - mean) * scale * load(gain + i));
  if (i < width) {
    typename Unit::T whole[W];
    Unit::narrowTo(whole, centredAt(x, i, width, mean) * scale * loadPart(gain + i, width - i));
    for (ptrdiff_t lane = 0; i < width; i++, lane++) to[i] = whole[lane];
  }
  for (; i < padded<Unit>(width); i++) to[i] = typename Unit::T{};
}

/** `rows` rows of x [rows, width] to rows of `stride` ≥ padded<Unit>(width) values of T; beyond the padding nothing is written. */
template <class Norm, class Unit>
static void normaliseRows(typename Unit::T* to, ptrdiff_t stride, const float* x, const float* gain, ptrdiff_t rows,
                          ptrdiff_t width, float epsilon) {
  for (ptrdiff_t row = 0; row < rows; row++)
    normaliseRow<Norm, Unit>(to + row * stride, x + row * width, gain, width, epsilon);
}

/**
 * Backward of one row, its statistics computed again from x:
 *
 *     dx = residual + scale · (g − mean(g) − x̂ · mean(g x̂)),   g = dNormed · gain,   x̂ = (x − mean) · scale
 *     dGain += dNormed · x̂
 *
 * (RmsNorm: without mean(g)).
 *
 * @param dx [width]; may be `residual` or `dNormed` itself
 * @param residual [width] added to dx, a residual branch's gradient; null for none
 * @param dGain [width], a partial sum: give each fixed block of rows its own and add the blocks in order
 */
template <class Norm>
static void normaliseRowBackward(float* dx, const float* residual, float* dGain, const float* x, const float* gain,
                                 const float* dNormed, ptrdiff_t width, float epsilon) {
  const RowStatistics row = Norm::statistics(x, width, epsilon);
  const F mean = splat(row.mean), scale = splat(row.scale);
  F total = F{}, products = F{};
  for (ptrdiff_t i = 0; i < width; i += W) {
    const ptrdiff_t left = width - i;
    const F dy = loadUpTo(dNormed + i, left);
    const F normed = centredAt(x, i, width, mean) * scale;
    const F g = dy * loadUpTo(gain + i, left);
    storeUpTo(dGain + i, loadUpTo(dGain + i, left) + dy * normed, left);
    if constexpr (Norm::isCentred) total += g;
    products += g * normed;
  }
  const F meanG = splat(Norm::isCentred ? sum(total) / static_cast<float>(width) : 0.0f);
  const F meanProduct = splat(sum(products) / static_cast<float>(width));
  for (ptrdiff_t i = 0; i < width; i += W) {
    const ptrdiff_t left = width - i;
    const F normed = centredAt(x, i, width, mean) * scale;
    const F g = loadUpTo(dNormed + i, left) * loadUpTo(gain + i, left);
    const F slope = scale * (g - meanG - normed * meanProduct);
    storeUpTo(dx + i, residual == nullptr ? slope : loadUpTo(residual + i, left) + slope, left);
  }
}

}  // namespace gdiff::GDIFF_ISA
