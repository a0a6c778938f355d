/**
 * The thread pool. Included by files compiled for other processors than the oldest one, so it holds no inline code of
 * the standard library.
 */
#pragma once

#include <cstddef>

#include "scratch.h"

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

}  // namespace gdiff
