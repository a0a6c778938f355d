/** Activations of the hidden layer, element by element: GELU (gelu.h) and the SiLU gate of arXiv:2002.05202. */
#pragma once

#include <cstddef>

namespace gdiff {

struct ActivationKernels {
  /** out = gelu(x) */
  void (*geluForward)(const float* x, float* out, size_t count);
  /** dx = dy · gelu'(x) */
  void (*geluBackward)(const float* x, const float* dy, float* dx, size_t count);
  /** out = a · sigmoid(a) · b */
  void (*siluGateForward)(const float* a, const float* b, float* out, size_t count);
  /** da = dy · b · silu'(a), db = dy · silu(a) */
  void (*siluGateBackward)(const float* a, const float* b, const float* dy, float* da, float* db, size_t count);
};

}  // namespace gdiff
