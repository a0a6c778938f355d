/** One update of one parameter: AdamW and the exponential average, in one pass over memory. */
#pragma once

#include <cstddef>

namespace gdiff {

struct AdamWStep {
  /** The gradient is multiplied by it first. */
  float gradientScale;
  float beta1, oneMinusBeta1;
  float beta2, oneMinusBeta2;
  /** sqrt(1 − beta2^count) */
  float correction2;
  float epsilon;
  /** learning rate / (1 − beta1^count) */
  float rate;
  /** 1 − learning rate · weight decay */
  float decay;
  float emaDecay, oneMinusEmaDecay;
};

struct AdamWTensors {
  const float *param, *mu, *nu, *ema;
};
struct AdamWResult {
  float *param, *mu, *nu, *ema;
};

struct AdamWKernels {
  /**
   * An output may be its own input's memory, nothing else of the others.
   *
   * @returns the Euclidean norm of the new parameter, summed in float64 in an order that only `size` decides
   */
  float (*update)(AdamWTensors from, const float* grad, AdamWResult to, size_t size, const AdamWStep& step);
};

}  // namespace gdiff
