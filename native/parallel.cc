#include "parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#ifdef __linux__
#include <sched.h>
#endif

#include "memory.h"
#include "napi.h"

namespace gdiff {

namespace {

size_t processors() {
#ifdef __linux__
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<size_t>(CPU_COUNT(&set));
#endif
  const unsigned count = std::thread::hardware_concurrency();
  return count == 0 ? 1 : count;
}

/** One call of parallelTasks. */
struct Job {
  Task task;
  void* context;
  size_t count;
  std::atomic<size_t> next{0};
  std::mutex failureLock;
  std::exception_ptr failure;

  Job(Task task, void* context, size_t count) : task(task), context(context), count(count) {}

  void work() {
    for (;;) {
      const size_t index = next.fetch_add(1, std::memory_order_relaxed);
      if (index >= count) return;
      try {
        task(context, index);
      } catch (...) {
        const std::lock_guard<std::mutex> hold(failureLock);
        if (!failure) failure = std::current_exception();
        next.store(count, std::memory_order_relaxed);
      }
    }
  }
};

/** Helpers wait for a job by spinning a little, then sleeping. */
class Pool {
 public:
  /** With fewer helpers where the system gives no more threads. */
  explicit Pool(size_t helpers) : wanted_(helpers) {
    threads_.reserve(helpers);
    try {
      for (size_t i = 0; i < helpers; i++) threads_.emplace_back([this] { help(); });
    } catch (const std::system_error&) {
    }
  }
  ~Pool() {
    {
      const std::lock_guard<std::mutex> hold(lock_);
      isStopping_ = true;
      generation_.fetch_add(1);
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
  }

  /** Helpers asked for. */
  size_t wanted() const { return wanted_; }

  /** Helpers that are awake join in; the job ends when its tasks are done, whoever did them. */
  void run(Job& job) {
    {
      const std::lock_guard<std::mutex> hold(lock_);
      job_ = &job;
      generation_.fetch_add(1, std::memory_order_release);
    }
    wake_.notify_all();
    job.work();
    {
      const std::lock_guard<std::mutex> hold(lock_);
      job_ = nullptr;
    }
    for (int i = 0; busy_.load(std::memory_order_acquire) != 0; i++) {
      if (i < kSpins) pause();
      else std::this_thread::yield();
    }
  }

 private:
  static constexpr int kSpins = 4000;

  static void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#else
    std::this_thread::yield();
#endif
  }

  void help() {
    size_t seen = 0;
    for (;;) {
      for (int i = 0; i < kSpins && generation_.load(std::memory_order_acquire) == seen; i++) pause();
      Job* job = nullptr;
      {
        std::unique_lock<std::mutex> hold(lock_);
        wake_.wait(hold, [&] { return generation_.load() != seen; });
        seen = generation_.load();
        if (isStopping_) return;
        job = job_;
        if (job == nullptr) continue;
        busy_.fetch_add(1);
      }
      job->work();
      busy_.fetch_sub(1, std::memory_order_release);
    }
  }

  size_t wanted_;
  std::vector<std::thread> threads_;
  std::mutex lock_;
  std::condition_variable wake_;
  std::atomic<size_t> generation_{0};
  std::atomic<size_t> busy_{0};
  Job* job_ = nullptr;
  bool isStopping_ = false;
};

/**
 * One pool a process: worker threads of JavaScript take turns, who finds it taken works alone. A child process that
 * Node.js starts is another program and has its own; a bare fork(), which Node.js has not, would leave the child
 * without the helpers.
 */
struct Shared {
  std::mutex turn;
  std::unique_ptr<Pool> pool;
  std::atomic<size_t> threads{processors()};
};

Shared& shared() {
  static Shared instance;
  return instance;
}

thread_local bool isInsideTask = false;

}  // namespace

size_t threadCount() { return shared().threads.load(); }
void setThreadCount(size_t count) { shared().threads.store(count == 0 ? 1 : count); }

void stopThreads() {
  const std::lock_guard<std::mutex> hold(shared().turn);
  shared().pool.reset();
}

void parallelTasks(size_t count, Task task, void* context) {
  const size_t threads = threadCount();
  if (count == 0) return;
  std::unique_lock<std::mutex> turn(shared().turn, std::defer_lock);
  if (count == 1 || threads == 1 || isInsideTask || !turn.try_lock()) {
    for (size_t i = 0; i < count; i++) task(context, i);
    return;
  }
  auto& pool = shared().pool;
  if (!pool || pool->wanted() != threads - 1) {
    pool.reset();
    pool = std::make_unique<Pool>(threads - 1);
  }
  struct Whole {
    Task task;
    void* context;
  } whole{task, context};
  Job job([](void* data, size_t index) {
            const Whole& inner = *static_cast<Whole*>(data);
            const bool was = isInsideTask;
            isInsideTask = true;
            struct Restore {
              bool value;
              ~Restore() { isInsideTask = value; }
            } restore{was};
            inner.task(inner.context, index);
          },
          &whole, count);
  pool->run(job);
  if (job.failure) std::rethrow_exception(job.failure);
}

}  // namespace gdiff
