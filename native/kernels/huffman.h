/**
 * Prefix codes of deflate as tables that are indexed by the next bits of the stream. An entry is 32 bits: what the
 * code means, which the caller chooses for each symbol, and how many bits it has.
 */
#pragma once

#include <cstddef>
#include <cstdint>

#include "simd.h"

namespace gdiff::GDIFF_ISA {

constexpr int kMaxCodeBits = 15;

/** Bit 31 of an entry: literals. Bit 30: none of the usual (a subtable, the end of the block, no code). */
constexpr uint32_t kLiteral = 1u << 31, kOther = 1u << 30, kEnd = 1u << 29, kSubtable = 1u << 28;
/** An entry that no code has: no bits, no meaning. */
constexpr uint32_t kNoCode = kOther;

/** Bits 0–5: those of code and extra bits together; bits 8–11: those of the code alone. */
GDIFF_INLINE int bitsOf(uint32_t entry) { return static_cast<int>(entry & 0x3f); }
GDIFF_INLINE int codeBitsOf(uint32_t entry) { return static_cast<int>(entry >> 8 & 0xf); }
/** Bits 12–27: a length, a distance, or where a subtable begins. */
GDIFF_INLINE uint32_t valueOf(uint32_t entry) { return entry >> 12 & 0xffff; }

GDIFF_INLINE uint32_t makeEntry(uint32_t flags, uint32_t value, int extraBits) {
  return flags | value << 12 | static_cast<uint32_t>(extraBits);
}
/** The entry of a symbol once the bits of its code are known. */
GDIFF_INLINE uint32_t withCode(uint32_t entry, int bits) {
  return (entry + static_cast<uint32_t>(bits)) | static_cast<uint32_t>(bits) << 8;
}

/** Deflate sends a code's highest bit first. */
GDIFF_INLINE uint32_t reversed(uint32_t code, int bits) {
  code = (code & 0x5555) << 1 | (code >> 1 & 0x5555);
  code = (code & 0x3333) << 2 | (code >> 2 & 0x3333);
  code = (code & 0x0f0f) << 4 | (code >> 4 & 0x0f0f);
  code = (code & 0x00ff) << 8 | (code >> 8 & 0x00ff);
  return code >> (16 - bits);
}

/**
 * Fills `table`, of 2^rootBits entries and room for the subtables of longer codes, for the symbols whose code
 * lengths are given; `entries` has what each symbol means. As zlib does, it takes a code that is not complete only
 * when it is one code of one bit, or none where `mayBeEmpty`.
 */
GDIFF_INLINE bool fillTable(uint32_t* table, int rootBits, const uint8_t* lengths, int symbols,
                            const uint32_t* entries, bool mayBeEmpty, bool mayBeSingle) {
  uint16_t count[kMaxCodeBits + 1] = {};
  for (int symbol = 0; symbol < symbols; symbol++) count[lengths[symbol]]++;
  count[0] = 0;
  int longest = kMaxCodeBits;
  while (longest > 0 && count[longest] == 0) longest--;
  int32_t left = 1;
  uint16_t first[kMaxCodeBits + 2] = {};
  for (int bits = 1; bits <= kMaxCodeBits; bits++) {
    left = (left << 1) - count[bits];
    if (left < 0) return false;
    first[bits + 1] = static_cast<uint16_t>(first[bits] + count[bits]);
  }
  if (longest == 0 && !mayBeEmpty) return false;
  if (left > 0 && longest != 0 && !(mayBeSingle && longest == 1)) return false;

  uint16_t sorted[288];
  for (int symbol = 0; symbol < symbols; symbol++)
    if (lengths[symbol] != 0) sorted[first[lengths[symbol]]++] = static_cast<uint16_t>(symbol);

  const uint32_t rootSize = 1u << rootBits;
  if (left > 0)
    for (uint32_t i = 0; i < rootSize; i++) table[i] = kNoCode;
  uint32_t code = 0, free = rootSize, openPrefix = rootSize, subtable = 0;
  int subBits = 0;
  const uint16_t* next = sorted;
  for (int bits = 1; bits <= longest; bits++, code <<= 1) {
    for (uint32_t remaining = count[bits]; remaining > 0; remaining--, code++) {
      const uint16_t symbol = *next++;
      const uint32_t place = reversed(code, bits);
      if (bits <= rootBits) {
        const uint32_t entry = withCode(entries[symbol], bits);
        for (uint32_t i = place; i < rootSize; i += 1u << bits) table[i] = entry;
        continue;
      }
      const uint32_t prefix = place & (rootSize - 1);
      if (prefix != openPrefix) {
        openPrefix = prefix;
        subtable = free;
        subBits = bits - rootBits;
        for (int32_t room = static_cast<int32_t>((1u << subBits) - remaining); room > 0;) {
          subBits++;
          room = (room << 1) - count[rootBits + subBits];
        }
        free += 1u << subBits;
        table[prefix] = kOther | kSubtable | subtable << 12 | static_cast<uint32_t>(subBits) << 8 |
                        static_cast<uint32_t>(rootBits);
      }
      const uint32_t entry = withCode(entries[symbol], bits - rootBits);
      for (uint32_t i = place >> rootBits; i < 1u << subBits; i += 1u << (bits - rootBits))
        table[subtable + i] = entry;
    }
  }
  return true;
}

}  // namespace gdiff::GDIFF_ISA
