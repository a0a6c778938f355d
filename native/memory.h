/** Memory from the system: whole pages, huge ones advised, 64-byte aligned. */
#pragma once

#include <cstddef>

namespace gdiff {

/** At least `bytes` bytes, contents undefined (zero the first time). Throws OutOfMemory. */
void* allocatePages(size_t bytes);
void freePages(void* pages, size_t bytes) noexcept;

}  // namespace gdiff
