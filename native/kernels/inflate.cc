#include "inflate.h"

#include <string.h>

#include "huffman.h"
#include "simd.h"

namespace gdiff::GDIFF_ISA {

namespace {

constexpr int kLiteralRootBits = 11, kDistanceRootBits = 9, kLengthRootBits = 7;
constexpr int kLiteralSymbols = 288, kDistanceSymbols = 32, kLengthSymbols = 19;
constexpr int kEndOfBlock = 256, kMostLiterals = 286, kMostDistances = 30;
/** Entries of a table with its subtables, at most (zlib's examples/enough.c for 288 and 32 symbols of 15 bits). */
constexpr size_t kLiteralTable = 2342, kDistanceTable = 594, kLengthTable = 128;
constexpr size_t kLongestMatch = 258;
/** Where so much is left, a round of the fast loop need not look: of the stream, and of the room. */
constexpr size_t kSafeBytes = 32, kSafeRoom = kLongestMatch + 64;

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

struct Tables {
  uint32_t literal[kLiteralTable];
  uint32_t distance[kDistanceTable];
};

/** The stream's next bits, the first lowest. */
struct Bits {
  const uint8_t* next;
  const uint8_t* end;
  uint64_t value = 0;
  int count = 0;

  /** At least 56 bits, where 8 bytes are left. */
  __attribute__((always_inline)) void fill() {
    uint64_t word;
    __builtin_memcpy(&word, next, 8);
    value |= word << count;
    next += (63 - count) >> 3;
    count |= 56;
  }
  /** As many bits as are left, at most 63. */
  void fillSlowly() {
    while (count < 56 && next < end) {
      value |= uint64_t{*next++} << count;
      count += 8;
    }
  }
  __attribute__((always_inline)) void drop(int bits) {
    value >>= bits;
    count -= bits;
  }
  /** After fill(), which leaves bits above the counted ones. */
  void settle() { value &= (uint64_t{1} << count) - 1; }

  /** The next bits as a number; −1 where the stream ends before. */
  int take(int bits) {
    fillSlowly();
    if (count < bits) return -1;
    const int result = static_cast<int>(value & ((uint64_t{1} << bits) - 1));
    drop(bits);
    return result;
  }
};

GDIFF_INLINE uint64_t lowBits(uint64_t value, int bits) { return value & ((uint64_t{1} << bits) - 1); }

GDIFF_INLINE void copy8(uint8_t* to, const uint8_t* from) {
  uint64_t word;
  __builtin_memcpy(&word, from, 8);
  __builtin_memcpy(to, &word, 8);
}

/** Where two literals' codes fit into the root's bits, one entry has both. */
void pairLiterals(uint32_t* table) {
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

bool makeTables(Tables& tables, const uint8_t* lengths, int literals, int distances) {
  if (!fillTable(tables.literal, kLiteralRootBits, lengths, literals, kMeanings.literal, false, true)) return false;
  if (!fillTable(tables.distance, kDistanceRootBits, lengths + literals, distances, kMeanings.distance, true, true))
    return false;
  pairLiterals(tables.literal);
  return true;
}

bool makeFixedTables(Tables& tables) {
  uint8_t lengths[kLiteralSymbols + kDistanceSymbols];
  memset(lengths, 8, 144);
  memset(lengths + 144, 9, 112);
  memset(lengths + 256, 7, 24);
  memset(lengths + 280, 8, 8);
  memset(lengths + kLiteralSymbols, 5, kDistanceSymbols);
  return makeTables(tables, lengths, kLiteralSymbols, kDistanceSymbols);
}

/** Reads the header of a block with codes of its own (RFC 1951, section 3.2.7); 0 or a fault. */
int64_t readCodes(Bits& bits, Tables& tables) {
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

/** Copies a match, and up to 15 bytes beyond it. */
GDIFF_INLINE void copyMatch(uint8_t* to, size_t distance, size_t length) {
  const uint8_t* from = to - distance;
  uint8_t* const end = to + length;
  if (distance >= 8) {
    do {
      copy8(to, from);
      copy8(to + 8, from + 8);
      to += 16;
      from += 16;
    } while (to < end && distance >= 16);
    while (to < end) {
      copy8(to, from);
      to += 8;
      from += 8;
    }
  } else if (distance == 1) {
    const uint64_t word = 0x0101010101010101u * *from;
    do {
      __builtin_memcpy(to, &word, 8);
      to += 8;
    } while (to < end);
  } else {
    do { // 8 bytes, the first `distance` of them right
      copy8(to, from);
      to += distance;
      from += distance;
    } while (to < end);
  }
}

/** The rounds that need not look where stream and room end. Returns kEnd after the block, a fault, or 0. */
GDIFF_INLINE int64_t inflateFast(Bits& stream, const Tables& tables, uint8_t* const start, uint8_t*& to,
                                 const uint8_t* const roomEnd) {
  if (static_cast<size_t>(stream.end - stream.next) < kSafeBytes || static_cast<size_t>(roomEnd - to) < kSafeRoom)
    return 0;
  const uint8_t* const streamSafe = stream.end - kSafeBytes;
  const uint8_t* const roomSafe = roomEnd - kSafeRoom;
  Bits bits = stream;
  uint8_t* out = to;
  int64_t result = 0;
  while (bits.next <= streamSafe && out <= roomSafe) {
    bits.fill();
    uint32_t entry = tables.literal[lowBits(bits.value, kLiteralRootBits)];
    // Three times 11 bits leave enough for the 15 and 5 of a length only after another fill.
    for (int i = 0; i < 4 && (entry & kLiteral) != 0; i++) {
      const uint16_t pair = static_cast<uint16_t>(valueOf(entry));
      __builtin_memcpy(out, &pair, 2);
      out += 1 + (entry >> 28 & 1);
      bits.drop(bitsOf(entry));
      entry = tables.literal[lowBits(bits.value, kLiteralRootBits)];
    }
    if ((entry & kLiteral) != 0) continue;
    bits.fill();
    if ((entry & kOther) != 0) {
      if ((entry & kSubtable) != 0) {
        bits.drop(kLiteralRootBits);
        entry = tables.literal[valueOf(entry) + lowBits(bits.value, codeBitsOf(entry))];
      }
      if ((entry & kLiteral) != 0) {
        *out++ = static_cast<uint8_t>(valueOf(entry));
        bits.drop(bitsOf(entry));
        continue;
      }
      if ((entry & kOther) != 0) {
        if ((entry & kEnd) == 0) {
          result = kInflateSymbol;
          break;
        }
        bits.drop(bitsOf(entry));
        result = kEnd;
        break;
      }
    }
    const size_t length = valueOf(entry) + (lowBits(bits.value, bitsOf(entry)) >> codeBitsOf(entry));
    bits.drop(bitsOf(entry));
    entry = tables.distance[lowBits(bits.value, kDistanceRootBits)];
    if ((entry & kOther) != 0) {
      if ((entry & kSubtable) == 0) {
        result = kInflateSymbol;
        break;
      }
      bits.drop(kDistanceRootBits);
      entry = tables.distance[valueOf(entry) + lowBits(bits.value, codeBitsOf(entry))];
      if ((entry & kOther) != 0) {
        result = kInflateSymbol;
        break;
      }
    }
    const size_t distance = valueOf(entry) + (lowBits(bits.value, bitsOf(entry)) >> codeBitsOf(entry));
    bits.drop(bitsOf(entry));
    if (distance > static_cast<size_t>(out - start)) {
      result = kInflateDistance;
      break;
    }
    copyMatch(out, distance, length);
    out += length;
  }
  bits.settle();
  stream = bits;
  to = out;
  return result;
}

/** The same, one symbol at a time, to the end of stream and room. */
int64_t inflateSlowly(Bits& bits, const Tables& tables, uint8_t* const start, uint8_t*& to,
                      const uint8_t* const roomEnd) {
  const auto room = [&] { return static_cast<size_t>(roomEnd - to); };
  bits.fillSlowly();
  uint32_t entry = tables.literal[lowBits(bits.value, kLiteralRootBits)];
  if ((entry & kSubtable) != 0 && (entry & kOther) != 0) {
    if (bits.count < kLiteralRootBits) return kInflateCut;
    bits.drop(kLiteralRootBits);
    entry = tables.literal[valueOf(entry) + lowBits(bits.value, codeBitsOf(entry))];
  }
  if (bitsOf(entry) > bits.count) return kInflateCut;
  if ((entry & kLiteral) != 0) {
    const size_t count = 1 + (entry >> 28 & 1);
    if (count > room()) return kInflateRoom;
    for (size_t i = 0; i < count; i++) *to++ = static_cast<uint8_t>(valueOf(entry) >> 8 * i);
    bits.drop(bitsOf(entry));
    return 0;
  }
  if ((entry & kOther) != 0) {
    bits.drop(bitsOf(entry));
    return (entry & kEnd) != 0 ? int64_t{kEnd} : int64_t{kInflateSymbol};
  }
  const size_t length = valueOf(entry) + (lowBits(bits.value, bitsOf(entry)) >> codeBitsOf(entry));
  bits.drop(bitsOf(entry));

  bits.fillSlowly();
  entry = tables.distance[lowBits(bits.value, kDistanceRootBits)];
  if ((entry & kOther) != 0 && (entry & kSubtable) != 0) {
    if (bits.count < kDistanceRootBits) return kInflateCut;
    bits.drop(kDistanceRootBits);
    entry = tables.distance[valueOf(entry) + lowBits(bits.value, codeBitsOf(entry))];
  }
  if ((entry & kOther) != 0) return kInflateSymbol;
  if (bitsOf(entry) > bits.count) return kInflateCut;
  const size_t distance = valueOf(entry) + (lowBits(bits.value, bitsOf(entry)) >> codeBitsOf(entry));
  bits.drop(bitsOf(entry));
  if (distance > static_cast<size_t>(to - start)) return kInflateDistance;
  if (length > room()) return kInflateRoom;
  for (size_t i = 0; i < length; i++, to++) *to = *(to - distance);
  return 0;
}

/** A block without compression; 0 or a fault. */
int64_t copyStored(Bits& bits, uint8_t*& to, const uint8_t* roomEnd) {
  bits.drop(bits.count & 7);
  const int length = bits.take(16);
  const int complement = bits.take(16);
  if (complement < 0) return kInflateCut;
  if (length != (complement ^ 0xffff)) return kInflateBlock;
  const uint8_t* from = bits.next - bits.count / 8;
  const size_t count = static_cast<size_t>(length);
  if (count > static_cast<size_t>(bits.end - from)) return kInflateCut;
  if (count > static_cast<size_t>(roomEnd - to)) return kInflateRoom;
  if (count > 0) memcpy(to, from, count);
  to += count;
  bits.next = from + count;
  bits.value = 0;
  bits.count = 0;
  return 0;
}

int64_t inflateBlock(Bits& bits, const Tables& tables, uint8_t* start, uint8_t*& to, const uint8_t* roomEnd) {
  for (;;) {
    int64_t result = inflateFast(bits, tables, start, to, roomEnd);
    if (result == 0) result = inflateSlowly(bits, tables, start, to, roomEnd);
    if (result != 0) return result == kEnd ? 0 : result;
  }
}

int64_t raw(const uint8_t* from, size_t fromSize, uint8_t* to, size_t room) {
  Tables tables;
  Bits bits{from, from + fromSize};
  uint8_t* const start = to;
  const uint8_t* const roomEnd = to + room;
  for (bool isLast = false; !isLast;) {
    const int header = bits.take(3);
    if (header < 0) return kInflateCut;
    isLast = (header & 1) != 0;
    int64_t result = 0;
    switch (header >> 1) {
      case 0:
        result = copyStored(bits, to, roomEnd);
        break;
      case 1:
        makeFixedTables(tables);
        result = inflateBlock(bits, tables, start, to, roomEnd);
        break;
      case 2:
        result = readCodes(bits, tables);
        if (result == 0) result = inflateBlock(bits, tables, start, to, roomEnd);
        break;
      default:
        return kInflateBlock;
    }
    if (result != 0) return result;
  }
  return to - start;
}

}  // namespace

extern const InflateKernels inflate;
const InflateKernels inflate = {raw};

}  // namespace gdiff::GDIFF_ISA
