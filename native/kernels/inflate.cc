#include "inflate.h"

#include <string.h>

#include "inflate_codes.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** Where so much is left, a round of the fast loop need not look: of the stream, and of the room. */
constexpr size_t kSafeBytes = 32, kSafeRoom = kLongestMatch + 64;

GDIFF_INLINE void copy8(uint8_t* to, const uint8_t* from) {
  uint64_t word;
  __builtin_memcpy(&word, from, 8);
  __builtin_memcpy(to, &word, 8);
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
GDIFF_INLINE int64_t inflateFast(DeflateBits& stream, const DeflateTables& tables, uint8_t* const start, uint8_t*& to,
                                 const uint8_t* const roomEnd) {
  if (static_cast<size_t>(stream.end - stream.next) < kSafeBytes || static_cast<size_t>(roomEnd - to) < kSafeRoom)
    return 0;
  const uint8_t* const streamSafe = stream.end - kSafeBytes;
  const uint8_t* const roomSafe = roomEnd - kSafeRoom;
  DeflateBits bits = stream;
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
int64_t inflateSlowly(DeflateBits& bits, const DeflateTables& tables, uint8_t* const start, uint8_t*& to,
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
int64_t copyStored(DeflateBits& bits, uint8_t*& to, const uint8_t* roomEnd) {
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

int64_t inflateBlock(DeflateBits& bits, const DeflateTables& tables, uint8_t* start, uint8_t*& to,
                     const uint8_t* roomEnd) {
  for (;;) {
    int64_t result = inflateFast(bits, tables, start, to, roomEnd);
    if (result == 0) result = inflateSlowly(bits, tables, start, to, roomEnd);
    if (result != 0) return result == kEnd ? 0 : result;
  }
}

int64_t raw(const uint8_t* from, size_t fromSize, uint8_t* to, size_t room) {
  DeflateTables tables;
  DeflateBits bits{from, from + fromSize};
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
