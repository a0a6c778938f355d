#include "cpu.h"

#include <atomic>
#include <cstring>
#include <string>

#include "napi.h"

#if defined(__x86_64__)
#include <cpuid.h>
#ifdef __linux__
#include <sys/syscall.h>
#include <unistd.h>
#endif
#endif

namespace gdiff {

#ifdef GDIFF_HAS_PORTABLE
namespace portable { extern const Kernels table; }
#endif
#ifdef GDIFF_HAS_AVX2
namespace avx2 { extern const Kernels table; }
#endif
#ifdef GDIFF_HAS_AVX512
namespace avx512 { extern const Kernels table; }
#endif
#ifdef GDIFF_HAS_AVX512BF16
namespace avx512bf16 { extern const Kernels table; }
#endif
#ifdef GDIFF_HAS_AMX
namespace amx { extern const Kernels table; }
#endif

namespace {

bool always() { return true; }

#if defined(__x86_64__) && !defined(GDIFF_EMULATE_TILES)
struct Features {
  bool avx2 = false, avx512 = false, avx512bf16 = false, amx = false;
};

unsigned long long enabledStates() {
  unsigned low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (static_cast<unsigned long long>(high) << 32) | low;
}

/** The kernel grants the tiles' state once a process asks for it (Linux: arch_prctl, ARCH_REQ_XCOMP_PERM). */
bool requestTiles() {
#ifdef __linux__
  constexpr long kRequestPermission = 0x1023;
  constexpr long kTileData = 18;
  return syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
#else
  return false;
#endif
}

Features detect() {
  Features found;
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return found;
  const bool hasXsave = c & (1u << 27), hasFma = c & (1u << 12), hasF16c = c & (1u << 29);
  if (!hasXsave) return found;
  const unsigned long long states = enabledStates();
  const bool ymm = (states & 0x6) == 0x6, zmm = (states & 0xe6) == 0xe6;
  const bool tiles = (states & 0x60000) == 0x60000;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return found;
  const unsigned most = a;
  const unsigned edx7 = d;
  found.avx2 = ymm && hasFma && hasF16c && (b & (1u << 5));
  const unsigned wanted = (1u << 16) | (1u << 17) | (1u << 30) | (1u << 31);  // F, DQ, BW, VL
  found.avx512 = found.avx2 && zmm && (b & wanted) == wanted;
  unsigned subleaf = 0;
  if (most >= 1 && __get_cpuid_count(7, 1, &a, &b, &c, &d)) subleaf = a;
  found.avx512bf16 = found.avx512 && (subleaf & (1u << 5));
  const bool hasTiles = (edx7 & (1u << 24)) && (edx7 & (1u << 22));  // AMX-TILE, AMX-BF16
  found.amx = found.avx512bf16 && tiles && hasTiles && requestTiles();
  return found;
}

const Features& features() {
  static const Features found = detect();
  return found;
}
#endif

const KernelSet kSets[] = {
#if defined(GDIFF_EMULATE_TILES)
    {&amx::table, always},
#elif defined(GDIFF_HAS_AMX)
    {&amx::table, [] { return features().amx; }},
#endif
#ifdef GDIFF_HAS_AVX512BF16
    {&avx512bf16::table, [] { return features().avx512bf16; }},
#endif
#ifdef GDIFF_HAS_AVX512
    {&avx512::table, [] { return features().avx512; }},
#endif
#ifdef GDIFF_HAS_AVX2
    {&avx2::table, [] { return features().avx2; }},
#endif
#ifdef GDIFF_HAS_PORTABLE
    {&portable::table, always},
#endif
    {nullptr, always}};

std::atomic<const Kernels*> chosen{nullptr};

std::string names(bool onlyHere) {
  std::string text;
  for (const KernelSet* set = kSets; set->kernels != nullptr; set++) {
    if (onlyHere && !set->runsHere()) continue;
    if (!text.empty()) text += ", ";
    text += set->kernels->name;
  }
  return text;
}

}  // namespace

const KernelSet* kernelSets() { return kSets; }

void selectKernels(const char* name) {
  for (const KernelSet* set = kSets; set->kernels != nullptr; set++) {
    if (std::strcmp(set->kernels->name, name) != 0) continue;
    if (!set->runsHere())
      throw ArgumentError(std::string("expected an instruction set that this processor has (") + names(true) +
                          "), got " + name);
    chosen.store(set->kernels);
    return;
  }
  throw ArgumentError("expected an instruction set, one of " + names(false) + ", got " + name);
}

const Kernels& kernels() {
  const Kernels* current = chosen.load();
  if (current != nullptr) return *current;
  const KernelSet* set = kSets;
  while (!set->runsHere()) set++;
  chosen.store(set->kernels);
  return *set->kernels;
}

}  // namespace gdiff
