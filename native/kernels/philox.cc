#include "philox.h"

#include "../parallel.h"
#include "simd.h"

namespace gdiff::GDIFF_ISA {

namespace {

constexpr size_t kDrawsPerTask = 4096;
constexpr int kRounds = 10;

double uniform(const PhiloxAddress& address, uint32_t position) {
  uint32_t x0 = position, x1 = address.step, x2 = address.example[0], x3 = address.example[1];
  uint32_t key0 = address.key[0], key1 = address.key[1];
  for (int round = 0; round < kRounds; round++) {
    const uint64_t product0 = uint64_t{0xd2511f53} * x0, product1 = uint64_t{0xcd9e8d57} * x2;
    x0 = static_cast<uint32_t>(product1 >> 32) ^ x1 ^ key0;
    x1 = static_cast<uint32_t>(product1);
    x2 = static_cast<uint32_t>(product0 >> 32) ^ x3 ^ key1;
    x3 = static_cast<uint32_t>(product0);
    key0 += 0x9e3779b9;  // golden ratio
    key1 += 0xbb67ae85;  // sqrt(3) − 1
  }
  const uint64_t bits = (uint64_t{x0 >> 5} << 26) | (x1 >> 6);
  return static_cast<double>(bits) * 0x1p-53;
}

void uniforms(const PhiloxAddress& address, double* out, size_t count) {
  parallelFor((count + kDrawsPerTask - 1) / kDrawsPerTask, [&](size_t task) {
    const size_t begin = task * kDrawsPerTask, end = count - begin < kDrawsPerTask ? count : begin + kDrawsPerTask;
    for (size_t i = begin; i < end; i++) out[i] = uniform(address, address.position + static_cast<uint32_t>(i));
  });
}

}  // namespace

extern const PhiloxKernels philox;
const PhiloxKernels philox = {uniforms};

}  // namespace gdiff::GDIFF_ISA
