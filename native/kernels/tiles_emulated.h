/** The tile registers of tiles.h in memory, with the arithmetic of Intel's manual for TDPBF16PS. */
#pragma once

namespace gdiff::GDIFF_ISA {

struct TileFile {
  TileShapes shapes;
  alignas(64) unsigned char data[8][16][64];
};

/** One a thread, whichever file configures it. */
inline TileFile& tileFile() {
  static thread_local TileFile file;
  return file;
}

/** Faults as the processor does where a tile is used that has no shape. */
static inline void requireTile(int tile) {
  if (tileFile().shapes.rows[tile] == 0) __builtin_trap();
}

GDIFF_INLINE void configureTiles(const TileShapes& shapes) {
  for (int tile = 0; tile < 8; tile++) {
    const bool isUsed = shapes.rows[tile] != 0;
    if (shapes.palette != 1 || shapes.rows[tile] > 16 || shapes.rowBytes[tile] > 64 ||
        isUsed != (shapes.rowBytes[tile] != 0))
      __builtin_trap();
  }
  tileFile() = TileFile{};
  tileFile().shapes = shapes;
}
GDIFF_INLINE void releaseTiles() { tileFile() = TileFile{}; }

template <int tile>
GDIFF_INLINE void zeroTile() {
  requireTile(tile);
  __builtin_memset(tileFile().data[tile], 0, sizeof tileFile().data[tile]);
}

template <int tile>
GDIFF_INLINE void loadTile(const void* from, ptrdiff_t stride) {
  zeroTile<tile>();
  TileFile& file = tileFile();
  for (int row = 0; row < file.shapes.rows[tile]; row++)
    __builtin_memcpy(file.data[tile][row], static_cast<const char*>(from) + row * stride, file.shapes.rowBytes[tile]);
}

template <int tile>
GDIFF_INLINE void storeTile(void* to, ptrdiff_t stride) {
  requireTile(tile);
  TileFile& file = tileFile();
  for (int row = 0; row < file.shapes.rows[tile]; row++)
    __builtin_memcpy(static_cast<char*>(to) + row * stride, file.data[tile][row], file.shapes.rowBytes[tile]);
}

/** Subnormals are zeros, going in and coming out. */
GDIFF_INLINE float flushed(float value) { return __builtin_fabsf(value) < 1.17549435e-38f ? value * 0.0f : value; }

template <int c, int a, int b>
GDIFF_INLINE void multiplyTiles() {
  TileFile& file = tileFile();
  const int rows = file.shapes.rows[c], pairs = file.shapes.rowBytes[a] / 4, columns = file.shapes.rowBytes[c] / 4;
  if (rows == 0 || file.shapes.rows[a] != rows || file.shapes.rows[b] != pairs ||
      file.shapes.rowBytes[b] != file.shapes.rowBytes[c])
    __builtin_trap();
  const auto operand = [&file](int tile, int row, int at) {
    uint16_t value;
    __builtin_memcpy(&value, file.data[tile][row] + 2 * at, 2);
    return flushed(fromBf16(value));
  };
  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++) {
      float sums[2] = {0.0f, 0.0f};
      for (int k = 0; k < pairs; k++)
        for (int half = 0; half < 2; half++)
          sums[half] = flushed(
              __builtin_fmaf(operand(a, row, 2 * k + half), operand(b, k, 2 * column + half), sums[half]));
      float before;
      unsigned char* const at = file.data[c][row] + 4 * column;
      __builtin_memcpy(&before, at, 4);
      const float after = flushed(flushed(before) + flushed(sums[0] + sums[1]));
      __builtin_memcpy(at, &after, 4);
    }
}

}  // namespace gdiff::GDIFF_ISA
