/**
 * The thread pool and the memory its tasks work in. Included by files compiled for other processors than the
 * oldest one, so it holds no inline code of the standard library.
 */
#pragma once

#include <cstddef>

namespace gdiff {

/** Threads that parallelFor uses: the processors that this process may use, until it is told another number. */
size_t threadCount();
void setThreadCount(size_t count);

using Task = void (*)(void* context, size_t index);

/**
 * Calls task(context, i) once for each i in [0, count), in any order, on the calling thread and the pool's.
 * Returns when all are done; rethrows the first exception. Results must not depend on which thread ran a task: a
 * reduction gives each task its own place and adds the places in order afterwards.
 */
void parallelTasks(size_t count, Task task, void* context);

/** Stops the pool's threads; the next call starts them again. For the end of an environment. */
void stopThreads();

template <class Body>
void parallelFor(size_t count, const Body& body) {
  parallelTasks(
      count, [](void* context, size_t index) { (*static_cast<const Body*>(context))(index); },
      const_cast<Body*>(&body));
}

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
