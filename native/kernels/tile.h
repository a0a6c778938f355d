/**
 * The product that everything is made of: C[m, n] (+)= Σ_k A[m, k] B[k, n] of operands that lie in a cache.
 *
 * A is row-major with k contiguous. B is packed in panels of 16 columns (pack.h): [n / 16][k / step][16][step]. Both
 * are padded with zeros to the unit's multiple of k. Each element of C is one chain of multiply-adds in the order of
 * k, whatever m, n and the position of the row: rows do not depend on their neighbours.
 */
#pragma once

#include "tile_product.h"
#include "unit.h"

namespace gdiff::GDIFF_ISA {

/** Columns of a panel of B. */
constexpr int kPanel = 16;
/** Vectors that hold one row of a panel. */
constexpr int kPanelVectors = kPanel / W;

#if defined(__AVX512F__)
constexpr int kTileRows = 6, kTilePanels = 4;  // 24 sums, 4 of B, 1 of A in 32 registers
#elif defined(__AVX2__)
constexpr int kTileRows = 6, kTilePanels = 1;  // 12 sums, 2 of B, 1 of A in 16
#elif defined(__aarch64__)
constexpr int kTileRows = 6, kTilePanels = 1;  // 24 sums, 4 of B, 1 of A in 32
#else
constexpr int kTileRows = 2, kTilePanels = 1;  // 8 sums, 4 of B, 1 of A in 16
#endif

/** Values of T in one packed panel. */
template <class Unit>
constexpr ptrdiff_t panelSize(ptrdiff_t k) {
  return padded<Unit>(k) * kPanel;
}
/** Values of T in packed B. */
template <class Unit>
constexpr ptrdiff_t packedSize(ptrdiff_t k, ptrdiff_t n) {
  return (n + kPanel - 1) / kPanel * panelSize<Unit>(k);
}

template <int Rows, int Vectors>
GDIFF_INLINE void putSums(const F (&sums)[Rows][Vectors], float* c, ptrdiff_t ldc, bool accumulate) {
  if (accumulate) {
#pragma GCC unroll 16
    for (int r = 0; r < Rows; r++)
#pragma GCC unroll 16
      for (int v = 0; v < Vectors; v++) store(c + r * ldc + v * W, load(c + r * ldc + v * W) + sums[r][v]);
  } else {
#pragma GCC unroll 16
    for (int r = 0; r < Rows; r++)
#pragma GCC unroll 16
      for (int v = 0; v < Vectors; v++) store(c + r * ldc + v * W, sums[r][v]);
  }
}

template <class Unit, int Rows, int Panels>
__attribute__((noinline)) void tile(ptrdiff_t k, const typename Unit::T* a, ptrdiff_t lda,
                                    const typename Unit::T* b, ptrdiff_t panel, float* c,
                                    ptrdiff_t ldc, bool accumulate, ptrdiff_t columns) {
  constexpr int V = Panels * kPanelVectors;
  F sums[Rows][V];
  for (int r = 0; r < Rows; r++)
    for (int v = 0; v < V; v++) sums[r][v] = F{};
  for (ptrdiff_t i = 0; i < k; i += Unit::step) {
    typename Unit::Pair bs[V];
#pragma GCC unroll 16
    for (int v = 0; v < V; v++)
      bs[v] = Unit::loadB(b + (v / kPanelVectors) * panel + i * kPanel + (v % kPanelVectors) * W * Unit::step);
#pragma GCC unroll 16
    for (int r = 0; r < Rows; r++) {
      const typename Unit::Pair as = Unit::splatA(a + r * lda + i);
#pragma GCC unroll 16
      for (int v = 0; v < V; v++) sums[r][v] = Unit::multiplyAdd(sums[r][v], as, bs[v]);
    }
  }
  if (columns == Panels * kPanel) {
    putSums<Rows, V>(sums, c, ldc, accumulate);
  } else {
    float whole[Rows * Panels * kPanel];  // one panel: the rest of a row of panels
    putSums<Rows, V>(sums, whole, Panels * kPanel, false);
    for (int r = 0; r < Rows; r++)
      for (ptrdiff_t i = 0; i < columns; i++)
        c[r * ldc + i] = (accumulate ? c[r * ldc + i] : 0.0f) + whole[r * Panels * kPanel + i];
  }
}

template <class Unit, int Panels>
static void tileRows(ptrdiff_t rows, ptrdiff_t k, const typename Unit::T* a, ptrdiff_t lda,
                     const typename Unit::T* b, ptrdiff_t panel, float* c, ptrdiff_t ldc,
                     bool accumulate, ptrdiff_t columns) {
  ptrdiff_t row = 0;
  for (; row + kTileRows <= rows; row += kTileRows)
    tile<Unit, kTileRows, Panels>(k, a + row * lda, lda, b, panel, c + row * ldc, ldc, accumulate, columns);
  const typename Unit::T* rest = a + row * lda;
  float* to = c + row * ldc;
  switch (rows - row) {
    case 5: if constexpr (kTileRows > 5) tile<Unit, 5, Panels>(k, rest, lda, b, panel, to, ldc, accumulate, columns); break;
    case 4: if constexpr (kTileRows > 4) tile<Unit, 4, Panels>(k, rest, lda, b, panel, to, ldc, accumulate, columns); break;
    case 3: if constexpr (kTileRows > 3) tile<Unit, 3, Panels>(k, rest, lda, b, panel, to, ldc, accumulate, columns); break;
    case 2: if constexpr (kTileRows > 2) tile<Unit, 2, Panels>(k, rest, lda, b, panel, to, ldc, accumulate, columns); break;
    case 1: tile<Unit, 1, Panels>(k, rest, lda, b, panel, to, ldc, accumulate, columns); break;
    default: break;
  }
}

template <class Unit>
static void multiplyByVectors(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const typename Unit::T* a, ptrdiff_t lda,
                              const typename Unit::T* b, float* c, ptrdiff_t ldc, bool accumulate) {
  const ptrdiff_t panel = k * kPanel;
  constexpr ptrdiff_t kColumns = kPanel * kTilePanels;
  ptrdiff_t column = 0;
  for (; column + kColumns <= n; column += kColumns)
    tileRows<Unit, kTilePanels>(m, k, a, lda, b + column / kPanel * panel, panel, c + column, ldc, accumulate, kColumns);
  for (; column < n; column += kPanel) {
    const ptrdiff_t left = n - column < kPanel ? n - column : kPanel;
    tileRows<Unit, 1>(m, k, a, lda, b + column / kPanel * panel, panel, c + column, ldc, accumulate, left);
  }
}

/**
 * C (+)= A B.
 *
 * @param k padded<Unit>(inner dimension)
 * @param a [m, k] row-major, `lda` values of T between rows
 * @param b packed, packedSize<Unit>(k, n) values
 * @param c [m, n] row-major, `ldc` values between rows
 */
template <class Unit>
static void multiply(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const typename Unit::T* a, ptrdiff_t lda,
                     const typename Unit::T* b, float* c, ptrdiff_t ldc, bool accumulate) {
#if defined(GDIFF_HAS_TILES)
  if constexpr (Unit::step == 2) multiplyByTiles(m, n, k, a, lda, b, c, ldc, accumulate);
  else
#endif
    multiplyByVectors<Unit>(m, n, k, a, lda, b, c, ldc, accumulate);
}

}  // namespace gdiff::GDIFF_ISA
