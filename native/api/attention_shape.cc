#include "attention_shape.h"

namespace gdiff {

namespace {

AttentionKind kindOf(const std::string& name) {
  if (name == "full") return AttentionKind::full;
  if (name == "causal") return AttentionKind::causal;
  if (name == "blocks") return AttentionKind::blocks;
  if (name == "doubled-blocks") return AttentionKind::doubledBlocks;
  throw ArgumentError("native attention: expected pattern to be full, causal, blocks or doubled-blocks, got " + name);
}

}  // namespace

AttentionPattern takePattern(Arguments& args, size_t queries, size_t keys) {
  AttentionPattern pattern;
  pattern.kind = kindOf(args.text("pattern"));
  pattern.block = args.size("block");
  pattern.offset = args.size("offset");
  if (pattern.block == 0) throw ArgumentError("native attention: expected block to be 1 or more, got 0");
  if (keys == 0 && queries > 0)
    throw ArgumentError("native attention: expected 1 key or more for " + std::to_string(queries) +
                        " queries, got 0");
  if (pattern.kind == AttentionKind::doubledBlocks && (queries != keys || keys % 2 != 0 || pattern.offset != 0))
    throw ArgumentError(
        "native attention: expected two copies, as many queries as keys and offset 0 for doubled-blocks, got " +
        std::to_string(queries) + " queries, " + std::to_string(keys) + " keys and offset " +
        std::to_string(pattern.offset));
  return pattern;
}

const int32_t* takeLengths(Arguments& args, const AttentionShape& shape) {
  const int32_t* lengths = args.optionalInts("lengths", shape.batch);
  if (lengths == nullptr) return nullptr;
  const size_t most = shape.pattern.kind == AttentionKind::doubledBlocks ? shape.keys / 2 : shape.keys;
  for (size_t row = 0; row < shape.batch; row++)
    if (lengths[row] < 1 || static_cast<size_t>(lengths[row]) > most)
      throw ArgumentError("native attention: expected lengths[" + std::to_string(row) + "] to be 1 to " +
                          std::to_string(most) + ", got " + std::to_string(lengths[row]));
  return lengths;
}

}  // namespace gdiff
