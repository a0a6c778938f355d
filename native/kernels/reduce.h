/**
 * Reductions along the middle axis of [outer, count, inner], row-major. The order of every sum is fixed by `count` and
 * `inner` alone, so a result does not depend on its neighbours or on threads.
 */
#pragma once

#include <cstddef>
#include <cstdint>

namespace gdiff {

/** The order is the contract with src/backends/native/kernels/reduce-codes.ts. */
enum class Reduction { Sum, Mean, Max, Min, Prod, Count };
enum class IntegerReduction { Sum, Max, Min, Prod, Count };

/** Sums along the axis, divided by `divisor`: a part of ReduceKernels.floats, in a file of its own. */
struct SumKernels {
  void (*sum)(const float* x, float* out, size_t outer, size_t count, size_t inner, double divisor);
};

struct ReduceKernels {
  /**
   * out [outer, inner]; sums and products in float64, rounded once. A NaN makes Max and Min NaN; of equal zeros the
   * first counts. Without elements: 0, 0, NaN, NaN, 1.
   */
  void (*floats)(Reduction function, const float* x, float* out, size_t outer, size_t count, size_t inner);
  /** Modulo 2^32. Without elements: 0, 0, 0, 1. */
  void (*integers)(IntegerReduction function, const int32_t* x, int32_t* out, size_t outer, size_t count, size_t inner);
  /** Whether all (or any) bytes are not 0; without elements 0. */
  void (*all)(bool isAny, const uint8_t* x, uint8_t* out, size_t outer, size_t count, size_t inner);
  /** Index of the first largest (smallest) element; NaN counts only as the first element, which then stays. */
  void (*arg)(bool isMin, const float* x, int32_t* out, size_t outer, size_t count, size_t inner);
  /** out of the shape of x: sums of what comes before (after, if `isReverse`) and, unless `isExclusive`, itself. */
  void (*cumulate)(const float* x, float* out, size_t outer, size_t count, size_t inner, bool isExclusive,
                   bool isReverse);
};

}  // namespace gdiff
