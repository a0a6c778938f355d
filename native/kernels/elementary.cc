#include "elementary.h"

#include "math.h"

namespace gdiff::GDIFF_ISA {

namespace {

void exponentials(const float* x, float* out, size_t count) {
  const ptrdiff_t n = static_cast<ptrdiff_t>(count);
  for (ptrdiff_t i = 0; i < n; i += W) storeUpTo(out + i, exponential(loadUpTo(x + i, n - i)), n - i);
}

void logarithms(const float* x, float* out, size_t count) {
  const ptrdiff_t n = static_cast<ptrdiff_t>(count);
  for (ptrdiff_t i = 0; i < n; i += W) storeUpTo(out + i, logarithm(loadUpTo(x + i, n - i)), n - i);
}

}  // namespace

extern const ElementaryKernels elementary;
const ElementaryKernels elementary = {exponentials, logarithms};

}  // namespace gdiff::GDIFF_ISA
