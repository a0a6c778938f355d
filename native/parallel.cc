#include "parallel.h"

#include <atomic>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#ifdef __linux__
#include <sched.h>
#endif

#include "memory.h"

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
  explicit Pool(size_t helpers) {
    for (size_t i = 0; i < helpers; i++) threads_.emplace_back([this] { help(); });
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

  size_t helpers() const { return threads_.size(); }

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

  std::vector<std::thread> threads_;
  std::mutex lock_;
  std::condition_variable wake_;
  std::atomic<size_t> generation_{0};
  std::atomic<size_t> busy_{0};
  Job* job_ = nullptr;
  bool isStopping_ = false;
};

/** One pool a process: worker threads of JavaScript take turns, who finds it taken works alone. */
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
  if (!pool || pool->helpers() != threads - 1) {
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

namespace {

/** Chunks of memory used as a stack; a chunk once made stays. */
struct Stack {
  struct Chunk {
    char* data;
    size_t size;
  };
  std::vector<Chunk> chunks;
  size_t chunk = 0;
  size_t used = 0;

  ~Stack() {
    for (const Chunk& c : chunks) freePages(c.data, c.size);
  }

  void* take(size_t bytes) {
    constexpr size_t kSmallest = size_t{4} << 20;
    constexpr size_t kAlign = 64;
    const size_t size = (bytes + kAlign - 1) / kAlign * kAlign;
    while (chunk < chunks.size() && used + size > chunks[chunk].size) {
      chunk++;
      used = 0;
    }
    if (chunk == chunks.size()) {
      const size_t fresh = size > kSmallest ? size : kSmallest;
      chunks.push_back({static_cast<char*>(allocatePages(fresh)), fresh});
      used = 0;
    }
    void* place = chunks[chunk].data + used;
    used += size;
    return place;
  }
};

thread_local Stack stack;

}  // namespace

Scratch::Scratch() : chunk_(stack.chunk), used_(stack.used) {}
Scratch::~Scratch() {
  stack.chunk = chunk_;
  stack.used = used_;
}
void* Scratch::bytes(size_t count) { return stack.take(count); }

}  // namespace gdiff
