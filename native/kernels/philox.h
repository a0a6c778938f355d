/** Draws of Philox4x32-10 (Salmon et al., SC 2011, section 3.3) by address: the bits of src/random/addressed.ts. */
#pragma once

#include <cstddef>
#include <cstdint>

namespace gdiff {

/** Where a run of draws begins; draw i has position + i (mod 2^32), all else alike. */
struct PhiloxAddress {
  uint32_t key[2];
  uint32_t position;
  uint32_t step;
  uint32_t example[2];
};

struct PhiloxKernels {
  /** out[i] in [0, 1) with 53 random bits, for i in [0, count) */
  void (*uniforms)(const PhiloxAddress& address, double* out, size_t count);
};

}  // namespace gdiff
