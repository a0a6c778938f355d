/** Arguments that say who attends to whom. */
#pragma once

#include "../kernels/attention.h"
#include "../napi.h"

namespace gdiff {

/** pattern ("full", "causal", "blocks", "doubled-blocks"), block, offset */
AttentionPattern takePattern(Arguments& args, size_t queries, size_t keys);

/** lengths: an Int32Array [batch], each 1 … keys (of one copy), or undefined */
const int32_t* takeLengths(Arguments& args, const AttentionShape& shape);

}  // namespace gdiff
