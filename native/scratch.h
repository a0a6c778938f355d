/** Memory that kernels work in. Included like parallel.h by files compiled for other processors. */
#pragma once

#include <cstddef>

namespace gdiff {

/**
 * Memory for the time of a scope, from a stack that each thread keeps: taking some costs nothing after the first
 * time. 64-byte aligned, contents undefined. Scopes of a thread must nest. A thread keeps 32 MiB for good; of more, what
 * was not half used for ten seconds goes back to the system at the end of the thread's next outermost scope.
 */
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  void* bytes(size_t count);

  template <class T>
  T* take(size_t count) {
    return static_cast<T*>(bytes(count * sizeof(T)));
  }

 private:
  size_t chunk_;
  size_t used_;
};

}  // namespace gdiff
