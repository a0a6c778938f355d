/** What JavaScript may call, one file an area: each checks arguments and calls a kernel, nothing else. */
#pragma once

#include <node_api.h>

namespace gdiff {

/** Memory, threads, instruction sets. */
void exportSystem(napi_env env, napi_value exports);
void exportNorm(napi_env env, napi_value exports);
void exportActivation(napi_env env, napi_value exports);
void exportCrossEntropy(napi_env env, napi_value exports);
void exportElementary(napi_env env, napi_value exports);
void exportEmbedding(napi_env env, napi_value exports);
void exportMeanPool(napi_env env, napi_value exports);
void exportMaxPool(napi_env env, napi_value exports);
void exportBatchNorm(napi_env env, napi_value exports);
void exportConv1d(napi_env env, napi_value exports);
void exportPhilox(napi_env env, napi_value exports);
void exportSoftmax(napi_env env, napi_value exports);
void exportMlp(napi_env env, napi_value exports);
/** Text of genomes: letters, and the deflate streams that they come in. */
void exportGenome(napi_env env, napi_value exports);
void exportGemm(napi_env env, napi_value exports);
void exportMeasure(napi_env env, napi_value exports);
void exportAttention(napi_env env, napi_value exports);
/** What an optimiser does with whole tensors: updates, sums, norms. */
void exportOptimiser(napi_env env, napi_value exports);
void exportAttentionSublayer(napi_env env, napi_value exports);
void exportElementwise(napi_env env, napi_value exports);
void exportCopy(napi_env env, napi_value exports);
void exportReduce(napi_env env, napi_value exports);
void exportIndexed(napi_env env, napi_value exports);

}  // namespace gdiff
