/** Memory from the system: whole pages, huge ones advised, 64-byte aligned. One limit for the process. */
#pragma once

#include <cstddef>

namespace gdiff {

/** At least `bytes` bytes, contents undefined (zero the first time). Throws OutOfMemory. */
void* allocatePages(size_t bytes);
void freePages(void* pages, size_t bytes) noexcept;

/** Bytes that allocatePages gives out at most, all threads together; 0: as many as the system gives. */
void setMemoryLimit(size_t bytes);
size_t memoryLimit();
/** Bytes given out now. */
size_t memoryTaken();

}  // namespace gdiff
