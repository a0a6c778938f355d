/** Shapes and strides as JavaScript gives them, and how far they reach. */
#pragma once

#include "../napi.h"

namespace gdiff {

/** As many axes as a kernel walks over. */
constexpr size_t kMostAxes = 16;

/** Sizes of `rank` axes, then the strides of each of `arrays` arrays, in elements: one Int32Array. */
class Layout {
 public:
  /** Takes `rank` and `axes`. */
  Layout(Arguments& args, size_t arrays) : rank_(args.size("rank")) {
    if (rank_ > kMostAxes)
      throw ArgumentError("native layout: expected at most " + std::to_string(kMostAxes) + " axes, got " +
                          std::to_string(rank_));
    axes_ = args.ints("axes", rank_ * (1 + arrays));
    for (size_t axis = 0; axis < rank_; axis++)
      if (axes_[axis] < 0)
        throw ArgumentError("native layout: expected sizes of 0 or more, got " + std::to_string(axes_[axis]));
  }

  size_t rank() const { return rank_; }
  const int32_t* dims() const { return axes_; }
  const int32_t* strides(size_t array) const { return axes_ + rank_ * (1 + array); }

  size_t count() const {
    size_t product = 1;
    for (size_t axis = 0; axis < rank_; axis++) product = countOf({product, static_cast<size_t>(axes_[axis])});
    return product;
  }

  /**
   * Elements that an array must have when index 0 is its element `offset`, kTooMany where no 64 bits count them. Throws
   * where a stride leads below 0.
   */
  size_t reach(size_t array, size_t offset) const {
    if (count() == 0) return 0;
    int64_t least = static_cast<int64_t>(offset), most = least;
    for (size_t axis = 0; axis < rank_; axis++) {
      const int64_t span = (int64_t{axes_[axis]} - 1) * strides(array)[axis];
      int64_t& end = span < 0 ? least : most;
      if (__builtin_add_overflow(end, span, &end)) return kTooMany;
    }
    if (least < 0)
      throw ArgumentError("native layout: expected strides within the array, got one that leads " +
                          std::to_string(-least) + " elements below its start");
    return static_cast<size_t>(most) + 1;
  }

 private:
  size_t rank_;
  const int32_t* axes_;
};

/** The next argument, an index below `count` of an enumeration. */
template <class Enumeration>
Enumeration code(Arguments& args, const char* name) {
  const size_t value = args.size(name);
  if (value >= static_cast<size_t>(Enumeration::Count))
    throw ArgumentError(std::string("native: expected ") + name + " to be below " +
                        std::to_string(static_cast<size_t>(Enumeration::Count)) + ", got " + std::to_string(value));
  return static_cast<Enumeration>(value);
}

/** The next argument, 1 or 4. */
inline size_t elementBytes(Arguments& args) {
  const size_t bytes = args.size("elementBytes");
  if (bytes != 1 && bytes != 4)
    throw ArgumentError("native: expected elementBytes to be 1 or 4, got " + std::to_string(bytes));
  return bytes;
}

}  // namespace gdiff
