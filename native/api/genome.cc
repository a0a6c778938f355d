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

/** genomeInflate(from, to): bytes written, or an InflateFault */
napi_value inflate(Arguments& args) {
  const Bytes from = args.allBytes("from"), to = args.allBytes("to");
  return number(args, static_cast<double>(kernels().inflate.raw(from.data, from.size, to.data, to.size)));
}

const Export kExports[] = {
    {"genomeUnwrap", unwrap},
    {"genomeEncode", encode},
    {"genomeInflate", inflate},
};

}  // namespace

void exportGenome(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
