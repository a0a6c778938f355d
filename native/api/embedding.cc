#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

/** Ids that name a row of the table: the kernels read and write there unchecked. */
const int32_t* idsArgument(Arguments& args, const char* function, size_t rows, size_t vocab) {
  const int32_t* ids = args.ints("ids", rows);
  for (size_t row = 0; row < rows; row++)
    if (ids[row] < 0 || static_cast<size_t>(ids[row]) >= vocab)
      throw ArgumentError(std::string("native ") + function + ": expected every id to be at least 0 and below " +
                          std::to_string(vocab) + ", the rows of the table, got ids[" + std::to_string(row) +
                          "] = " + std::to_string(ids[row]));
  return ids;
}

napi_value forward(Arguments& args) {
  const size_t rows = args.size("rows"), vocab = args.size("vocab"), width = args.size("width");
  const int32_t* ids = idsArgument(args, "embeddingForward", rows, vocab);
  const float* table = args.floats("table", countOf({vocab, width}));
  kernels().embedding.forward(ids, table, args.floats("out", countOf({rows, width})), rows, width);
  return nullptr;
}

napi_value backward(Arguments& args) {
  const size_t rows = args.size("rows"), vocab = args.size("vocab"), width = args.size("width");
  const int32_t* ids = idsArgument(args, "embeddingBackward", rows, vocab);
  const float* dy = args.floats("dy", countOf({rows, width}));
  kernels().embedding.backward(ids, dy, args.floats("dTable", countOf({vocab, width})), rows, vocab, width);
  return nullptr;
}

const Export kExports[] = {
    {"embeddingForward", forward},
    {"embeddingBackward", backward},
};

}  // namespace

void exportEmbedding(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
