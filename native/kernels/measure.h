/** What the processor does at most, for measurements: arithmetic in registers, and copying. */
#pragma once

#include <cstddef>

namespace gdiff {

struct MeasureKernels {
  /**
   * Multiply-adds on values in registers, the instruction that products use, in `tasks` parallel tasks of `rounds`
   * rounds each. Returns the floating-point operations of one round.
   */
  size_t (*arithmetic)(size_t tasks, size_t rounds, bool bf16);
  /** Copies `count` values with all threads. */
  void (*copy)(float* to, const float* from, size_t count);
};

}  // namespace gdiff
