#include <unistd.h>

#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

napi_value number(Arguments& args, double value) {
  napi_value result;
  napi_create_double(args.env(), value, &result);
  return result;
}

/** genomeUnwrap(from, start, end, column, lineBases, endBytes, keepsCodes, to, at, count): bases copied */
napi_value unwrap(Arguments& args) {
  const Bytes from = args.allBytes("from");
  const size_t start = args.size("start"), end = args.size("end");
  BaseLines lines;
  lines.column = args.size("column");
  lines.lineBases = args.size("lineBases");
  lines.endBytes = args.size("endBytes");
  const bool keepsCodes = args.flag("keepsCodes");
  const Bytes to = args.allBytes("to");
  const size_t at = args.size("at"), count = args.size("count");
  if (start > end || end > from.size) throw ArgumentError("native genomeUnwrap: expected start <= end <= from.length");
  if (at > to.size || count > to.size - at)
    throw ArgumentError("native genomeUnwrap: expected room for count bases at `at`");
  if (lines.column >= lines.lineBases || lines.endBytes < 1 || lines.endBytes > 2)
    throw ArgumentError("native genomeUnwrap: expected column < lineBases, and line ends of 1 or 2 bytes");
  const size_t done = kernels().bases.unwrap(from.data + start, end - start, lines, keepsCodes, to.data + at, count);
  return number(args, static_cast<double>(done));
}

/** genomeEncode(bases, ids, isSoftMasked): bases encoded */
napi_value encode(Arguments& args) {
  const Bytes bases = args.allBytes("bases");
  uint8_t* const ids = args.bytes("ids", bases.size);
  uint8_t* const isSoftMasked = args.bytes("isSoftMasked", bases.size);
  return number(args, static_cast<double>(kernels().bases.encode(bases.data, bases.size, ids, isSoftMasked)));
}

/** Bytes that one call reads, at most. */
constexpr size_t kMostBytes = 1 << 16;

/** Reads exactly `size` bytes at `offset` of an open file; whether it could. */
bool readFile(size_t file, size_t offset, size_t size, uint8_t* to) {
  if (file > INT32_MAX || size > kMostBytes)
    throw ArgumentError("native genomeRead: expected a file descriptor, and at most 65536 bytes");
  size_t done = 0;
  while (done < size) {
    const ssize_t got = pread(static_cast<int>(file), to + done, size - done, static_cast<off_t>(offset + done));
    if (got <= 0) return false;
    done += static_cast<size_t>(got);
  }
  return true;
}

/** genomeReadLines(file, offset, bytes, column, lineBases, endBytes, to): bases copied, 0 where the file cannot be read */
napi_value readLines(Arguments& args) {
  const size_t file = args.size("file"), offset = args.size("offset"), size = args.size("bytes");
  BaseLines lines;
  lines.column = args.size("column");
  lines.lineBases = args.size("lineBases");
  lines.endBytes = args.size("endBytes");
  const Bytes to = args.allBytes("to");
  if (lines.column >= lines.lineBases || lines.endBytes < 1 || lines.endBytes > 2)
    throw ArgumentError("native genomeReadLines: expected column < lineBases, and line ends of 1 or 2 bytes");
  uint8_t text[kMostBytes];
  if (!readFile(file, offset, size, text)) return number(args, 0);
  return number(args, static_cast<double>(kernels().bases.unwrap(text, size, lines, false, to.data, to.size)));
}

/**
 * genomeReadPacked(file, packed, start, runs, unknownCount, to): whether the file could be read. The runs are one array,
 * as each takes a tenth of a window's time: unknown starts, unknown lengths, soft-masked starts, soft-masked lengths.
 */
napi_value readPacked(Arguments& args) {
  const size_t file = args.size("file"), packed = args.size("packed"), start = args.size("start");
  const Words runs = args.allWords("runs");
  const size_t unknownCount = args.size("unknownCount");
  const Bytes to = args.allBytes("to");
  if (runs.size % 2 != 0 || unknownCount > runs.size / 2)
    throw ArgumentError("native genomeReadPacked: expected as many lengths as starts of runs");
  const size_t softMaskedCount = runs.size / 2 - unknownCount;
  const uint32_t* const softMaskedStarts = runs.data + 2 * unknownCount;
  const BaseRuns unknown = {runs.data, runs.data + unknownCount, unknownCount};
  const BaseRuns softMasked = {softMaskedStarts, softMaskedStarts + softMaskedCount, softMaskedCount};
  const size_t first = start / 4, size = (start + to.size + 3) / 4 - first;
  uint8_t bytes[kMostBytes];
  const bool isRead = readFile(file, packed + first, size, bytes);
  if (isRead) kernels().bases.unpack(bytes, start, unknown, softMasked, to.data, to.size);
  napi_value result;
  napi_get_boolean(args.env(), isRead, &result);
  return result;
}

/** genomeInflate(from, to): bytes written, or an InflateFault */
napi_value inflate(Arguments& args) {
  const Bytes from = args.allBytes("from"), to = args.allBytes("to");
  return number(args, static_cast<double>(kernels().inflate.raw(from.data, from.size, to.data, to.size)));
}

const Export kExports[] = {
    {"genomeUnwrap", unwrap},
    {"genomeEncode", encode},
    {"genomeInflate", inflate},
    {"genomeReadLines", readLines},
    {"genomeReadPacked", readPacked},
};

}  // namespace

void exportGenome(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
