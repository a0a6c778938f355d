#include "scratch.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "memory.h"
#include "napi.h"

namespace gdiff {

namespace {

using Clock = std::chrono::steady_clock;

/**
 * Memory used as a stack, in one chunk as soon as its size is known. What it has grown to stays, so that the next
 * call pays no page faults; much more than is needed goes back, see leave().
 */
class Stack {
 public:
  struct Place {
    size_t chunk = 0;
    size_t used = 0;
  };

  ~Stack() { clear(); }

  Place enter() {
    depth_++;
    return at_;
  }

  void leave(Place before) noexcept {
    at_ = before;
    if (--depth_ > 0) return;
    const size_t needed = highest_;
    highest_ = 0;
    if (chunks_.size() > 1) {
      clear();
      first_ = needed;
    } else if (held_ > kKept) {
      forgetOneOff(needed);
    }
  }

  void* take(size_t bytes) {
    constexpr size_t kAlign = 64;
    const size_t size = (bytes + kAlign - 1) / kAlign * kAlign;
    while (at_.chunk < chunks_.size() && at_.used + size > chunks_[at_.chunk].size) at_ = {at_.chunk + 1, 0};
    if (at_.chunk == chunks_.size()) add(size);
    const Chunk& chunk = chunks_[at_.chunk];
    void* place = chunk.data + at_.used;
    at_.used += size;
    if (chunk.before + at_.used > highest_) highest_ = chunk.before + at_.used;
    return place;
  }

 private:
  struct Chunk {
    char* data;
    size_t size;
    /** Bytes of the chunks before it. */
    size_t before;
  };

  static constexpr size_t kSmallest = size_t{4} << 20;
  /** Bytes that a thread keeps for good. */
  static constexpr size_t kKept = size_t{32} << 20;
  /** A gigabyte of page faults takes about a second; every ten seconds that is little. */
  static constexpr std::chrono::seconds kPatience{10};

  void add(size_t size) {
    chunks_.reserve(chunks_.size() + 1);
    size_t fresh = std::max({size, first_, kSmallest});
    void* data = nullptr;
    try {
      data = allocatePages(fresh);
    } catch (const OutOfMemory&) {
      if (fresh == size) throw;
      fresh = size;
      data = allocatePages(fresh);
    }
    chunks_.push_back({static_cast<char*>(data), fresh, held_});
    held_ += fresh;
    first_ = 0;
    lastNeeded_ = Clock::now();
  }

  /** Gives the memory back when less than half of it was needed for a while: it was for a call that came once. */
  void forgetOneOff(size_t needed) noexcept {
    const auto now = Clock::now();
    if (needed > held_ / 2) lastNeeded_ = now;
    else if (now - lastNeeded_ > kPatience) clear();
  }

  void clear() noexcept {
    for (const Chunk& c : chunks_) freePages(c.data, c.size);
    chunks_.clear();
    held_ = 0;
    at_ = {};
  }

  std::vector<Chunk> chunks_;
  Place at_;
  size_t depth_ = 0;
  size_t held_ = 0;
  /** Bytes taken at most since the outermost scope began. */
  size_t highest_ = 0;
  /** Bytes of the next first chunk at least. */
  size_t first_ = 0;
  Clock::time_point lastNeeded_;
};

thread_local Stack stack;

}  // namespace

Scratch::Scratch() {
  const Stack::Place place = stack.enter();
  chunk_ = place.chunk;
  used_ = place.used;
}
Scratch::~Scratch() { stack.leave({chunk_, used_}); }
void* Scratch::bytes(size_t count) { return stack.take(count); }

}  // namespace gdiff
