#include "memory.h"

#include <cstdlib>
#include <string>

#include "napi.h"

#ifdef _WIN32
#include <malloc.h>
#else
#include <sys/mman.h>
#endif

namespace gdiff {

namespace {
constexpr size_t kPage = 4096;
constexpr size_t kHugePage = size_t{2} << 20;

size_t roundUp(size_t bytes) {
  const size_t unit = bytes >= kHugePage ? kHugePage : kPage;
  return (bytes + unit - 1) / unit * unit;
}

[[noreturn]] void refuse(size_t bytes) {
  throw OutOfMemory("native memory: expected the system to give " + std::to_string(bytes) +
                    " bytes, got none");
}
}  // namespace

#ifdef _WIN32
void* allocatePages(size_t bytes) {
  void* pages = _aligned_malloc(roundUp(bytes ? bytes : 1), 64);
  if (pages == nullptr) refuse(bytes);
  return pages;
}
void freePages(void* pages, size_t) noexcept { _aligned_free(pages); }
#else
void* allocatePages(size_t bytes) {
  if (bytes > SIZE_MAX / 2) refuse(bytes);
  const size_t size = roundUp(bytes ? bytes : 1);
  void* pages = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) refuse(bytes);
#ifdef MADV_HUGEPAGE
  if (size >= kHugePage) madvise(pages, size, MADV_HUGEPAGE);
#endif
  return pages;
}
void freePages(void* pages, size_t bytes) noexcept { munmap(pages, roundUp(bytes ? bytes : 1)); }
#endif

}  // namespace gdiff
