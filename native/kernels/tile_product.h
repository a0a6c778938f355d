/**
 * multiply() by tile registers: two by two tiles of C, 32 × 32, over steps of 32 values of k. What does not fill a tile
 * is a tile of fewer rows or columns: the same instructions, so that a row's value does not depend on its place.
 */
#pragma once

#include "tiles.h"

#if defined(GDIFF_HAS_TILES)

namespace gdiff::GDIFF_ISA {

constexpr ptrdiff_t kTileEdge = 16;

/** Tiles 0 … 3 are C by rows, 4 and 5 two of A, 6 and 7 two of B. An edge of 0 leaves its tiles out. */
GDIFF_INLINE TileShapes shapesOf(ptrdiff_t rows, ptrdiff_t columns) {
  TileShapes shapes = {};
  shapes.palette = 1;
  const auto upTo = [](ptrdiff_t left) { return left < 0 ? 0 : left > kTileEdge ? kTileEdge : left; };
  const auto set = [&shapes](int tile, ptrdiff_t tileRows, ptrdiff_t bytes) {
    if (tileRows == 0 || bytes == 0) return;
    shapes.rows[tile] = static_cast<uint8_t>(tileRows);
    shapes.rowBytes[tile] = static_cast<uint16_t>(bytes);
  };
  for (int i = 0; i < 2; i++) {
    const ptrdiff_t down = upTo(rows - i * kTileEdge), across = upTo(columns - i * kTileEdge);
    set(4 + i, down, 64);
    set(6 + i, kTileEdge, 4 * across);
    for (int j = 0; j < 2; j++) set(2 * i + j, down, 4 * upTo(columns - j * kTileEdge));
  }
  return shapes;
}

/** One block of C of `down` × `across` tiles. */
template <int down, int across>
__attribute__((noinline)) void tileBlock(ptrdiff_t k, const uint16_t* a, ptrdiff_t lda, const uint16_t* b,
                                         ptrdiff_t panel, float* c, ptrdiff_t ldc, bool accumulate) {
  const ptrdiff_t bytesA = lda * 2, bytesC = ldc * 4;
  const uint16_t* a1 = a + kTileEdge * lda;
  const uint16_t* b1 = b + panel;
  float* c1 = c + kTileEdge * ldc;
  if (accumulate) {
    loadTile<0>(c, bytesC);
    if constexpr (across > 1) loadTile<1>(c + kTileEdge, bytesC);
    if constexpr (down > 1) loadTile<2>(c1, bytesC);
    if constexpr (down > 1 && across > 1) loadTile<3>(c1 + kTileEdge, bytesC);
  } else {
    zeroTile<0>();
    if constexpr (across > 1) zeroTile<1>();
    if constexpr (down > 1) zeroTile<2>();
    if constexpr (down > 1 && across > 1) zeroTile<3>();
  }
  for (ptrdiff_t i = 0; i < k; i += 32) {
    loadTile<4>(a + i, bytesA);
    loadTile<6>(b + i * kTileEdge, 64);
    multiplyTiles<0, 4, 6>();
    if constexpr (across > 1) loadTile<7>(b1 + i * kTileEdge, 64);
    if constexpr (across > 1) multiplyTiles<1, 4, 7>();
    if constexpr (down > 1) loadTile<5>(a1 + i, bytesA);
    if constexpr (down > 1) multiplyTiles<2, 5, 6>();
    if constexpr (down > 1 && across > 1) multiplyTiles<3, 5, 7>();
  }
  storeTile<0>(c, bytesC);
  if constexpr (across > 1) storeTile<1>(c + kTileEdge, bytesC);
  if constexpr (down > 1) storeTile<2>(c1, bytesC);
  if constexpr (down > 1 && across > 1) storeTile<3>(c1 + kTileEdge, bytesC);
}

/** As multiply(); the tiles are configured here and released, so that no other code sees them. */
[[maybe_unused]] static void multiplyByTiles(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const uint16_t* a, ptrdiff_t lda,
                            const uint16_t* b, float* c, ptrdiff_t ldc, bool accumulate) {
  constexpr ptrdiff_t kEdge = 2 * kTileEdge;
  const ptrdiff_t panel = k * kTileEdge;
  const ptrdiff_t wholeRows = m / kEdge * kEdge, wholeColumns = n / kEdge * kEdge;
  const auto region = [&](ptrdiff_t row, ptrdiff_t rowEnd, ptrdiff_t column, ptrdiff_t columnEnd) {
    if (row >= rowEnd || column >= columnEnd) return;
    const ptrdiff_t rows = rowEnd - row, columns = columnEnd - column;
    configureTiles(shapesOf(rows, columns));
    const auto block = rows > kTileEdge ? (columns > kTileEdge ? tileBlock<2, 2> : tileBlock<2, 1>)
                                        : (columns > kTileEdge ? tileBlock<1, 2> : tileBlock<1, 1>);
    for (ptrdiff_t j = column; j < columnEnd; j += kEdge)
      for (ptrdiff_t i = row; i < rowEnd; i += kEdge)
        block(k, a + i * lda, lda, b + j / kTileEdge * panel, panel, c + i * ldc + j, ldc, accumulate);
  };
  region(0, wholeRows, 0, wholeColumns);
  region(0, wholeRows, wholeColumns, n);
  region(wholeRows, m, 0, wholeColumns);
  region(wholeRows, m, wholeColumns, n);
  releaseTiles();
}

}  // namespace gdiff::GDIFF_ISA

#endif
