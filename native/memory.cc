#include "memory.h"

#include <atomic>
#include <cstdint>
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

std::atomic<size_t> limit{0};
std::atomic<size_t> taken{0};

size_t roundUp(size_t bytes) { return bytes == 0 ? kPage : (bytes + kPage - 1) / kPage * kPage; }

[[noreturn]] void refuse(size_t bytes, const std::string& why) {
  throw OutOfMemory("native memory: expected room for " + std::to_string(bytes) + " bytes, got none: " + why);
}

/** Counts `size` bytes, or throws. */
void reserve(size_t size, size_t bytes) {
  const size_t before = taken.fetch_add(size);
  const size_t most = limit.load();
  if (most == 0 || before + size <= most) return;
  taken.fetch_sub(size);
  refuse(bytes, std::to_string(before) + " of at most " + std::to_string(most) + " bytes are taken");
}

#ifdef _WIN32
void* map(size_t size) { return _aligned_malloc(size, kPage); }
void unmap(void* pages, size_t) noexcept { _aligned_free(pages); }
#else
void* mapPages(size_t size) {
  void* pages = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return pages == MAP_FAILED ? nullptr : pages;
}

/**
 * Large memory starts where a huge page can: the kernel makes huge pages only of whole aligned ones, and what is
 * left at the end takes small pages. Older kernels do not align by themselves, so more is mapped and cut.
 */
void* map(size_t size) {
  if (size < kHugePage) return mapPages(size);
  char* pages = static_cast<char*>(mapPages(size + kHugePage));
  if (pages == nullptr) return nullptr;
  const size_t before = (kHugePage - reinterpret_cast<uintptr_t>(pages) % kHugePage) % kHugePage;
  if (before > 0) munmap(pages, before);
  if (before < kHugePage) munmap(pages + before + size, kHugePage - before);
#ifdef MADV_HUGEPAGE
  madvise(pages + before, size, MADV_HUGEPAGE);
#endif
  return pages + before;
}

void unmap(void* pages, size_t size) noexcept { munmap(pages, size); }
#endif
}  // namespace

void* allocatePages(size_t bytes) {
  if (bytes > SIZE_MAX / 4) refuse(bytes, "no machine has as many");
  const size_t size = roundUp(bytes);
  reserve(size, bytes);
  void* pages = map(size);
  if (pages != nullptr) return pages;
  taken.fetch_sub(size);
  refuse(bytes, "the system gave no more");
}

void freePages(void* pages, size_t bytes) noexcept {
  const size_t size = roundUp(bytes);
  unmap(pages, size);
  taken.fetch_sub(size);
}

void setMemoryLimit(size_t bytes) { limit.store(bytes); }
size_t memoryLimit() { return limit.load(); }
size_t memoryTaken() { return taken.load(); }

}  // namespace gdiff
