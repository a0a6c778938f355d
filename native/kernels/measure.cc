/**
 * arithmetic: as many independent sums as the product's tile has (tile.h), so that an instruction never waits for its
 * predecessor's result. A sum is a factor of its own next value in float32 (s = s·x + y), or the compiler would take
 * the product out of the loop.
 */
#include "measure.h"

#include "../parallel.h"
#include "tile.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** Sums in registers; two registers of 16 or 32 stay for the operands. */
constexpr int kSums = kTileRows * kTilePanels * kPanelVectors;

/** Sums of which the compiler knows nothing: it makes one chain of sums that begin alike. */
GDIFF_INLINE void begin(F* sums) {
  for (int i = 0; i < kSums; i++) sums[i] = splat(static_cast<float>(i));
  for (int i = 0; i < kSums; i++) __asm__ volatile("" : "+m"(sums[i]));
}

/** Makes the compiler compute the sums. */
GDIFF_INLINE void use(const F* sums) {
  F total = F{};
  for (int i = 0; i < kSums; i++) total += sums[i];
  __asm__ volatile("" : : "m"(total));
}

size_t float32Rounds(size_t rounds) {
  F sums[kSums];
  begin(sums);
  const F x = splat(0.5f), y = splat(1.0f);
  for (size_t round = 0; round < rounds; round++)
#pragma GCC unroll 32
    for (int i = 0; i < kSums; i++) sums[i] = sums[i] * x + y;
  use(sums);
  return size_t{2} * W * kSums;
}

#if defined(__AMX_BF16__) && defined(__AMX_TILE__)

/** Eight tiles of 16 rows by 64 bytes; static, since the intrinsic names only its first bytes as read. */
struct TileConfiguration {
  uint8_t palette = 1, startRow = 0, reserved[14] = {};
  uint16_t bytesPerRow[16] = {64, 64, 64, 64, 64, 64, 64, 64};
  uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};
constexpr TileConfiguration tiles;

size_t bfloat16Rounds(size_t rounds) {
  _tile_loadconfig(&tiles);
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  _tile_zero(4);
  _tile_zero(5);
  _tile_zero(6);
  _tile_zero(7);
  for (size_t round = 0; round < rounds; round++) {
    _tile_dpbf16ps(0, 4, 6);
    _tile_dpbf16ps(1, 4, 7);
    _tile_dpbf16ps(2, 5, 6);
    _tile_dpbf16ps(3, 5, 7);
  }
  _tile_release();
  return size_t{4} * 2 * 16 * 16 * 32;
}

#elif defined(__AVX512BF16__)

size_t bfloat16Rounds(size_t rounds) {
  F sums[kSums];
  begin(sums);
  const uint16_t one = toBf16(1.0f);
  uint16_t ones[2 * W];
  for (int i = 0; i < 2 * W; i++) ones[i] = one;
  const Bfloat16::Pair x = Bfloat16::loadB(ones);
  for (size_t round = 0; round < rounds; round++)
#pragma GCC unroll 32
    for (int i = 0; i < kSums; i++) sums[i] = Bfloat16::multiplyAdd(sums[i], x, x);
  use(sums);
  return size_t{4} * W * kSums;
}

#else

size_t bfloat16Rounds(size_t rounds) { return float32Rounds(rounds); }

#endif

size_t arithmetic(size_t tasks, size_t rounds, bool bf16) {
  size_t operations[1] = {};
  parallelFor(tasks, [&](size_t task) {
    const size_t found = bf16 ? bfloat16Rounds(rounds) : float32Rounds(rounds);
    if (task == 0) operations[0] = found;
  });
  return operations[0];
}

constexpr size_t kValuesPerTask = size_t{1} << 16;

void copy(float* to, const float* from, size_t count) {
  parallelFor((count + kValuesPerTask - 1) / kValuesPerTask, [&](size_t task) {
    const size_t end = (task + 1) * kValuesPerTask < count ? (task + 1) * kValuesPerTask : count;
    for (size_t i = task * kValuesPerTask; i < end; i += W)
      storeUpTo(to + i, loadUpTo(from + i, static_cast<ptrdiff_t>(end - i)), static_cast<ptrdiff_t>(end - i));
  });
}

}  // namespace

extern const MeasureKernels measure;
const MeasureKernels measure = {arithmetic, copy};

}  // namespace gdiff::GDIFF_ISA
