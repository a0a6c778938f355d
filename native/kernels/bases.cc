#include "bases.h"

#include "simd.h"

namespace gdiff::GDIFF_ISA {

namespace {

constexpr uint8_t kCaseBit = 0x20, kNoBase = 255;
constexpr uint8_t kLf = 0x0a, kCr = 0x0d;

/** What each byte becomes; 0 where it is no code of DNA. */
struct Letters {
  uint8_t normal[256];
  uint8_t kept[256];
  uint8_t id[256];
  /** The four letters of a byte of packed bases, the first at the lowest address. */
  uint8_t packed[256][4];
};

constexpr Letters makeLetters() {
  Letters letters = {};
  for (uint8_t& id : letters.id) id = kNoBase;
  const char* const codes = "ACGTNRYSWKMBDHV";
  for (uint8_t i = 0; i < 15; i++) {
    const uint8_t code = static_cast<uint8_t>(codes[i]), lower = code | kCaseBit;
    letters.kept[code] = code;
    letters.kept[lower] = lower;
    letters.normal[code] = i < 5 ? code : 'N';
    letters.normal[lower] = letters.normal[code] | kCaseBit;
    if (i < 5) letters.id[code] = letters.id[lower] = i;
  }
  for (int byte = 0; byte < 256; byte++)
    for (int place = 0; place < 4; place++)
      letters.packed[byte][place] = static_cast<uint8_t>("TCAG"[byte >> (6 - 2 * place) & 3]);
  return letters;
}

constexpr Letters kLetters = makeLetters();

#if defined(__AVX2__)

constexpr size_t kBlock = 32;
using B = __m256i;

GDIFF_INLINE B loadBlock(const uint8_t* from) { return _mm256_loadu_si256(reinterpret_cast<const B*>(from)); }
GDIFF_INLINE void storeBlock(uint8_t* to, B block) { _mm256_storeu_si256(reinterpret_cast<B*>(to), block); }
GDIFF_INLINE B table16(const uint8_t* values) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(values)));
}

/** The tables of upper-case letters for one way of reading: of 0x40–0x4f, and of 0x50–0x5f. */
struct Reading {
  B low, high;
};
GDIFF_INLINE Reading reading(bool keepsCodes) {
  const uint8_t* table = (keepsCodes ? kLetters.kept : kLetters.normal) + 0x40;
  return {table16(table), table16(table + 16)};
}

/** Copies one block where all of it are codes. */
GDIFF_INLINE bool copyBlock(const uint8_t* from, uint8_t* to, Reading reading) {
  const B text = loadBlock(from);
  const B nibble = _mm256_and_si256(text, _mm256_set1_epi8(0x0f));
  const B isHigh = _mm256_slli_epi16(text, 3);  // bit 4 where a byte's sign is
  const B letter = _mm256_blendv_epi8(_mm256_shuffle_epi8(reading.low, nibble),
                                      _mm256_shuffle_epi8(reading.high, nibble), isHigh);
  const B isLetter =
      _mm256_cmpeq_epi8(_mm256_and_si256(text, _mm256_set1_epi8(static_cast<char>(0xc0))), _mm256_set1_epi8(0x40));
  const B isWrong = _mm256_cmpeq_epi8(_mm256_and_si256(letter, isLetter), _mm256_setzero_si256());
  storeBlock(to, _mm256_or_si256(letter, _mm256_and_si256(text, _mm256_set1_epi8(kCaseBit))));
  return _mm256_movemask_epi8(isWrong) == 0;
}

#endif

/** Copies a run of bases without line ends; returns how many came before another byte. */
GDIFF_INLINE size_t copyRun(const uint8_t* from, size_t count, bool keepsCodes, uint8_t* to) {
  size_t i = 0;
#if defined(__AVX2__)
  if (count >= kBlock) {
    const Reading how = reading(keepsCodes);
    for (; i + kBlock <= count; i += kBlock)
      if (!copyBlock(from + i, to + i, how)) break;
    // The rest overlaps what is done.
    if (i + kBlock > count && i < count && copyBlock(from + count - kBlock, to + count - kBlock, how)) return count;
  }
#endif
  const uint8_t* const table = keepsCodes ? kLetters.kept : kLetters.normal;
  for (; i < count; i++) {
    const uint8_t base = table[from[i]];
    if (base == 0) return i;
    to[i] = base;
  }
  return count;
}

size_t unwrap(const uint8_t* from, size_t size, const BaseLines& lines, bool keepsCodes, uint8_t* to, size_t count) {
  const uint8_t* const end = from + size;
  size_t done = 0, left = lines.lineBases - lines.column;
  while (done < count) {
    const size_t wanted = count - done < left ? count - done : left;
    const size_t there = static_cast<size_t>(end - from);
    const size_t run = wanted < there ? wanted : there;
    const size_t copied = copyRun(from, run, keepsCodes, to + done);
    done += copied;
    if (copied < wanted || done == count) return done;
    from += copied;
    if (static_cast<size_t>(end - from) < lines.endBytes) return done;
    const bool isEnd = from[lines.endBytes - 1] == kLf && (lines.endBytes == 1 || from[0] == kCr);
    if (!isEnd) return done;
    from += lines.endBytes;
    left = lines.lineBases;
  }
  return done;
}

size_t encode(const uint8_t* bases, size_t count, uint8_t* ids, uint8_t* isSoftMasked) {
  size_t i = 0;
#if defined(__AVX2__)
  // The last four bits tell A, C, G, T and N apart.
  uint8_t idOf[16], letterOf[16];
  for (size_t nibble = 0; nibble < 16; nibble++) {
    idOf[nibble] = kNoBase;
    letterOf[nibble] = static_cast<uint8_t>(nibble ^ 1);  // which no byte with this nibble is
  }
  for (const char* letters = "ACGTN"; *letters != 0; letters++) {
    const uint8_t letter = static_cast<uint8_t>(*letters);
    idOf[letter & 15] = kLetters.id[letter];
    letterOf[letter & 15] = letter;
  }
  const B idTable = table16(idOf), letterTable = table16(letterOf);
  for (; i + kBlock <= count; i += kBlock) {
    const B text = loadBlock(bases + i);
    const B nibble = _mm256_and_si256(text, _mm256_set1_epi8(0x0f));
    const B upper = _mm256_and_si256(text, _mm256_set1_epi8(static_cast<char>(~kCaseBit)));
    const B isRight = _mm256_cmpeq_epi8(upper, _mm256_shuffle_epi8(letterTable, nibble));
    if (_mm256_movemask_epi8(isRight) != -1) break;
    storeBlock(ids + i, _mm256_shuffle_epi8(idTable, nibble));
    const B isLower = _mm256_and_si256(text, _mm256_set1_epi8(kCaseBit));
    storeBlock(isSoftMasked + i, _mm256_srli_epi16(isLower, 5));
  }
#endif
  for (; i < count; i++) {
    const uint8_t id = kLetters.id[bases[i]];
    if (id == kNoBase) return i;
    ids[i] = id;
    isSoftMasked[i] = (bases[i] & kCaseBit) != 0;
  }
  return count;
}

/** Index of the first run that ends behind base `start`. */
size_t firstRun(const BaseRuns& runs, size_t start) {
  size_t low = 0, high = runs.count;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (size_t{runs.starts[middle]} + runs.lengths[middle] > start) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Calls write(from, to) with the part of each run that lies in bases [start, start + count), counted from `start`. */
template <class Write>
GDIFF_INLINE void eachRun(const BaseRuns& runs, size_t start, size_t count, const Write& write) {
  const size_t end = start + count;
  for (size_t i = firstRun(runs, start); i < runs.count && runs.starts[i] < end; i++) {
    const size_t runStart = runs.starts[i], runEnd = runStart + runs.lengths[i];
    write(runStart < start ? 0 : runStart - start, (runEnd < end ? runEnd : end) - start);
  }
}

void unpack(const uint8_t* packed, size_t start, const BaseRuns& unknown, const BaseRuns& softMasked, uint8_t* to,
            size_t count) {
  size_t done = 0;
  for (size_t place = start % 4; place != 0 && place < 4 && done < count; place++)
    to[done++] = kLetters.packed[*packed][place];
  if (start % 4 != 0) packed++;
  for (; done + 4 <= count; done += 4) __builtin_memcpy(to + done, kLetters.packed[*packed++], 4);
  for (size_t place = 0; done < count; place++) to[done++] = kLetters.packed[*packed][place];
  eachRun(unknown, start, count, [&](size_t from, size_t end) { __builtin_memset(to + from, 'N', end - from); });
  eachRun(softMasked, start, count, [&](size_t from, size_t end) {
    for (size_t i = from; i < end; i++) to[i] |= kCaseBit;
  });
}

}  // namespace

extern const BasesKernels bases;
const BasesKernels bases = {unwrap, encode, unpack};

}  // namespace gdiff::GDIFF_ISA
