#include "adamw.h"

#include "../parallel.h"
#include "square_sum.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** Nine streams of 32 KiB each stay in the second-level cache. */
constexpr size_t kValuesPerTask = 1 << 13;

float update(AdamWTensors from, const float* grad, AdamWResult to, size_t size, const AdamWStep& step) {
  const size_t tasks = (size + kValuesPerTask - 1) / kValuesPerTask;
  Scratch scratch;
  double* sums = scratch.take<double>(tasks);
  parallelFor(tasks, [&](size_t task) {
    const ptrdiff_t begin = static_cast<ptrdiff_t>(task * kValuesPerTask);
    const ptrdiff_t end = begin + static_cast<ptrdiff_t>(kValuesPerTask) < static_cast<ptrdiff_t>(size)
                              ? begin + static_cast<ptrdiff_t>(kValuesPerTask)
                              : static_cast<ptrdiff_t>(size);
    SquareSum sum;
    for (ptrdiff_t i = begin; i < end; i += W) {
      const ptrdiff_t left = end - i;
      // The order of the operations is that of torch.optim.AdamW and of ops/adamw.ts.
      const F g = loadUpTo(grad + i, left) * step.gradientScale;
      const F mu = loadUpTo(from.mu + i, left) * step.beta1 + g * step.oneMinusBeta1;
      const F nu = loadUpTo(from.nu + i, left) * step.beta2 + g * g * step.oneMinusBeta2;
      const F denominator = squareRoot(nu) / step.correction2 + step.epsilon;
      const F param = loadUpTo(from.param + i, left) * step.decay - mu / denominator * step.rate;
      const F ema = loadUpTo(from.ema + i, left) * step.emaDecay + param * step.oneMinusEmaDecay;
      storeUpTo(to.param + i, param, left);
      storeUpTo(to.mu + i, mu, left);
      storeUpTo(to.nu + i, nu, left);
      storeUpTo(to.ema + i, ema, left);
      sum.add(loadUpTo(to.param + i, left));
    }
    sums[task] = sum.total();
  });
  double total = 0;
  for (size_t task = 0; task < tasks; task++) total += sums[task];
  return static_cast<float>(__builtin_sqrt(total));
}

}  // namespace

extern const AdamWKernels adamw;
const AdamWKernels adamw = {update};

}  // namespace gdiff::GDIFF_ISA
