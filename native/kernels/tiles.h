/**
 * Tile registers (Intel AMX): eight of up to 16 rows of 64 bytes, and one instruction that multiplies two of bfloat16
 * into one of float32. With GDIFF_EMULATE_TILES the same names are plain C++, so that the code above runs anywhere.
 */
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__AMX_BF16__) || defined(GDIFF_EMULATE_TILES)
#define GDIFF_HAS_TILES

#include "simd.h"

namespace gdiff::GDIFF_ISA {

/** What `ldtilecfg` reads. A tile without rows has no bytes either. */
struct alignas(64) TileShapes {
  uint8_t palette, startRow, reserved[14];
  uint16_t rowBytes[16];
  uint8_t rows[16];
};

#if defined(GDIFF_EMULATE_TILES)
}
#include "tiles_emulated.h"
namespace gdiff::GDIFF_ISA {
#else

/** Sets the shapes of all tiles and zeroes them. The operand is the whole structure: all 64 bytes are read. */
GDIFF_INLINE void configureTiles(const TileShapes& shapes) { __asm__ volatile("ldtilecfg %0" : : "m"(shapes)); }
/** Back to the state that costs a thread switch nothing. */
GDIFF_INLINE void releaseTiles() { __asm__ volatile("tilerelease"); }

template <int tile>
GDIFF_INLINE void zeroTile() {
  __asm__ volatile("tilezero %%tmm%c0" : : "i"(tile));
}
/** Rows of the tile's shape, `stride` bytes apart. */
template <int tile>
GDIFF_INLINE void loadTile(const void* from, ptrdiff_t stride) {
  __asm__ volatile("tileloadd (%1,%2,1), %%tmm%c0" : : "i"(tile), "r"(from), "r"(stride) : "memory");
}
template <int tile>
GDIFF_INLINE void storeTile(void* to, ptrdiff_t stride) {
  __asm__ volatile("tilestored %%tmm%c0, (%1,%2,1)" : : "i"(tile), "r"(to), "r"(stride) : "memory");
}
/** c[m][n] += Σ_k a[m][k] b[k][n] over pairs of bfloat16: the even and the odd k sum apart, then join. */
template <int c, int a, int b>
GDIFF_INLINE void multiplyTiles() {
  __asm__ volatile("tdpbf16ps %%tmm%c2, %%tmm%c1, %%tmm%c0" : : "i"(c), "i"(a), "i"(b));
}

#endif

}  // namespace gdiff::GDIFF_ISA

#endif
