/** The add-on's functions. One instance an environment (main thread or worker); no state of its own. */

#include "api/api.h"
#include "napi.h"
#include "parallel.h"

#include <atomic>

namespace {

std::atomic<int> environments{0};

void leave(void*) {
  if (environments.fetch_sub(1) == 1) gdiff::stopThreads();
}

}  // namespace

NAPI_MODULE_INIT() {
  environments.fetch_add(1);
  napi_add_env_cleanup_hook(env, leave, nullptr);
  gdiff::exportSystem(env, exports);
  gdiff::exportNorm(env, exports);
  gdiff::exportActivation(env, exports);
  gdiff::exportCrossEntropy(env, exports);
  gdiff::exportElementary(env, exports);
  gdiff::exportEmbedding(env, exports);
  gdiff::exportMeanPool(env, exports);
  gdiff::exportMaxPool(env, exports);
  gdiff::exportBatchNorm(env, exports);
  gdiff::exportConv1d(env, exports);
  gdiff::exportPhilox(env, exports);
  gdiff::exportSoftmax(env, exports);
  gdiff::exportMlp(env, exports);
  gdiff::exportGemm(env, exports);
  gdiff::exportGenome(env, exports);
  gdiff::exportMeasure(env, exports);
  gdiff::exportAttention(env, exports);
  gdiff::exportOptimiser(env, exports);
  gdiff::exportAttentionSublayer(env, exports);
  gdiff::exportElementwise(env, exports);
  gdiff::exportCopy(env, exports);
  gdiff::exportReduce(env, exports);
  gdiff::exportIndexed(env, exports);
  return exports;
}
