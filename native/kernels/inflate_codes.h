/** The codes of a deflate block, fixed or its own, as the tables that its symbols are looked up in. */
#pragma once

#include <string.h>

#include "huffman.h"
#include "inflate.h"
#include "inflate_bits.h"

namespace gdiff::GDIFF_ISA {

constexpr int kLiteralRootBits = 11, kDistanceRootBits = 9, kLengthRootBits = 7;
constexpr int kLiteralSymbols = 288, kDistanceSymbols = 32, kLengthSymbols = 19;
constexpr int kEndOfBlock = 256, kMostLiterals = 286, kMostDistances = 30;
/** Entries of a table with its subtables, at most (zlib's examples/enough.c for 288 and 32 symbols of 15 bits). */
constexpr size_t kLiteralTable = 2342, kDistanceTable = 594, kLengthTable = 128;
constexpr size_t kLongestMatch = 258;

/** What each symbol means, before its code is known. */
struct Meanings {
  uint32_t literal[kLiteralSymbols];
  uint32_t distance[kDistanceSymbols];
  uint32_t length[kLengthSymbols];
};

constexpr Meanings makeMeanings() {
  Meanings all = {};
  for (uint32_t i = 0; i < 256; i++) all.literal[i] = kLiteral | i << 12;
  all.literal[kEndOfBlock] = kOther | kEnd;
  uint32_t base = 3;
  for (uint32_t i = 0; i < 28; i++) {
    const uint32_t extra = i < 8 ? 0 : i / 4 - 1;
    all.literal[257 + i] = base << 12 | extra;
    base += 1u << extra;
  }
  all.literal[285] = uint32_t{kLongestMatch} << 12;
  all.literal[286] = all.literal[287] = kNoCode;
  base = 1;
  for (uint32_t i = 0; i < 30; i++) {
    const uint32_t extra = i < 2 ? 0 : i / 2 - 1;
    all.distance[i] = base << 12 | extra;
    base += 1u << extra;
  }
  all.distance[30] = all.distance[31] = kNoCode;
  for (uint32_t i = 0; i < kLengthSymbols; i++) all.length[i] = i << 12;
  return all;
}

constexpr Meanings kMeanings = makeMeanings();

struct DeflateTables {
  uint32_t literal[kLiteralTable];
  uint32_t distance[kDistanceTable];
};

/** Where two literals' codes fit into the root's bits, one entry has both. */
static void pairLiterals(uint32_t* table) {
  for (uint32_t i = (1u << kLiteralRootBits) - 1; i > 0; i--) { // what follows a code is a smaller index
    const uint32_t entry = table[i];
    if ((entry & kLiteral) == 0) continue;
    const uint32_t next = table[i >> bitsOf(entry)];
    const int bits = bitsOf(entry) + bitsOf(next);
    if ((next & kLiteral) == 0 || bits > kLiteralRootBits) continue;
    table[i] = kLiteral | 1u << 28 | (valueOf(entry) | valueOf(next) << 8) << 12 | static_cast<uint32_t>(bits);
  }
  const uint32_t zero = table[0];
  const int bits = 2 * bitsOf(zero);
  if ((zero & kLiteral) != 0 && bits <= kLiteralRootBits)
    table[0] = kLiteral | 1u << 28 | (valueOf(zero) | valueOf(zero) << 8) << 12 | static_cast<uint32_t>(bits);
}

static bool makeTables(DeflateTables& tables, const uint8_t* lengths, int literals, int distances) {
  if (!fillTable(tables.literal, kLiteralRootBits, lengths, literals, kMeanings.literal, false, true)) return false;
  if (!fillTable(tables.distance, kDistanceRootBits, lengths + literals, distances, kMeanings.distance, true, true))
    return false;
  pairLiterals(tables.literal);
  return true;
}

static bool makeFixedTables(DeflateTables& tables) {
  uint8_t lengths[kLiteralSymbols + kDistanceSymbols];
  memset(lengths, 8, 144);
  memset(lengths + 144, 9, 112);
  memset(lengths + 256, 7, 24);
  memset(lengths + 280, 8, 8);
  memset(lengths + kLiteralSymbols, 5, kDistanceSymbols);
  return makeTables(tables, lengths, kLiteralSymbols, kDistanceSymbols);
}

/** Reads the header of a block with codes of its own (RFC 1951, section 3.2.7); 0 or a fault. */
static int64_t readCodes(DeflateBits& bits, DeflateTables& tables) {
  const int header = bits.take(14);
  if (header < 0) return kInflateCut;
  const int literals = 257 + (header & 31), distances = 1 + (header >> 5 & 31), given = 4 + (header >> 10);
  if (literals > kMostLiterals || distances > kMostDistances) return kInflateCode;

  static constexpr uint8_t kOrder[kLengthSymbols] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
  uint8_t ofLengths[kLengthSymbols] = {};
  for (int i = 0; i < given; i++) {
    const int length = bits.take(3);
    if (length < 0) return kInflateCut;
    ofLengths[kOrder[i]] = static_cast<uint8_t>(length);
  }
  uint32_t table[kLengthTable];
  if (!fillTable(table, kLengthRootBits, ofLengths, kLengthSymbols, kMeanings.length, false, false))
    return kInflateCode;

  uint8_t lengths[kMostLiterals + kMostDistances];
  for (int done = 0; done < literals + distances;) {
    bits.fillSlowly();
    const uint32_t entry = table[lowBits(bits.value, kLengthRootBits)];
    if (bitsOf(entry) > bits.count) return kInflateCut;
    bits.drop(bitsOf(entry));
    const uint32_t symbol = valueOf(entry);
    if (symbol < 16) {
      lengths[done++] = static_cast<uint8_t>(symbol);
      continue;
    }
    if (symbol == 16 && done == 0) return kInflateCode;
    const int extra = bits.take(symbol == 16 ? 2 : symbol == 17 ? 3 : 7);
    if (extra < 0) return kInflateCut;
    const int repeats = extra + (symbol == 18 ? 11 : 3);
    if (done + repeats > literals + distances) return kInflateCode;
    memset(lengths + done, symbol == 16 ? lengths[done - 1] : 0, static_cast<size_t>(repeats));
    done += repeats;
  }
  if (lengths[kEndOfBlock] == 0) return kInflateCode;
  return makeTables(tables, lengths, literals, distances) ? int64_t{0} : int64_t{kInflateCode};
}

}  // namespace gdiff::GDIFF_ISA
