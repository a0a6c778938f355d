/** Sizes of the attention sublayer and the layout of what its forward pass leaves for its backward one. */
#pragma once

#include "../attention_sublayer.h"
#include "operands.h"
#include "rotate.h"

namespace gdiff::GDIFF_ISA {

/** Rows of a task: a multiple of the products' rows. */
constexpr ptrdiff_t kSublayerRows = 96;

template <class Unit>
struct SublayerLayout {
  using T = typename Unit::T;
  ptrdiff_t batch, heads, length, headWidth, width, rows;
  /** Values of T between rows of a head, of width values and of 3 · width values. */
  ptrdiff_t headStride, widthStride, qkvStride;
  float scale;

  explicit SublayerLayout(const AttentionSublayerShape& shape)
      : batch(static_cast<ptrdiff_t>(shape.attention.batch)),
        heads(static_cast<ptrdiff_t>(shape.attention.heads)),
        length(static_cast<ptrdiff_t>(shape.attention.queries)),
        headWidth(static_cast<ptrdiff_t>(shape.attention.headWidth)),
        width(heads * headWidth),
        rows(batch * length),
        headStride(padded<Unit>(headWidth)),
        widthStride(padded<Unit>(width)),
        qkvStride(padded<Unit>(3 * width)),
        scale(1.0f / __builtin_sqrtf(static_cast<float>(headWidth))) {}

  ptrdiff_t blocks() const { return (rows + kSublayerRows - 1) / kSublayerRows; }
  ptrdiff_t rowsOf(ptrdiff_t block) const { return smaller(kSublayerRows, rows - block * kSublayerRows); }
  /** Of a head-major tensor [batch, parts, heads, length, headStride]. */
  ptrdiff_t headPlace(ptrdiff_t parts, ptrdiff_t row, ptrdiff_t part, ptrdiff_t head, ptrdiff_t position) const {
    return (((row * parts + part) * heads + head) * length + position) * headStride;
  }

  size_t qkvBytes() const { return whole(sizeof(T) * static_cast<size_t>(3 * batch * heads * length * headStride)); }
  size_t attendedBytes() const { return whole(sizeof(T) * static_cast<size_t>(rows * widthStride)); }
  size_t lseBytes() const { return whole(sizeof(float) * static_cast<size_t>(batch * heads * length)); }
  size_t bytes() const { return qkvBytes() + attendedBytes() + lseBytes(); }

 private:
  static size_t whole(size_t bytes) { return (bytes + 63) / 64 * 64; }
};

/** The parts of kept memory. */
template <class Unit>
struct SublayerKept {
  using T = typename Unit::T;
  /** [batch, 3, heads, length, headStride]: q rotated and multiplied by 1 / sqrt(headWidth), k rotated, v */
  T* qkv;
  /** [rows, widthStride]: attention's output, heads side by side, zeros beyond width */
  T* attended;
  /** [batch, heads, length] */
  float* lse;

  SublayerKept(void* memory, const SublayerLayout<Unit>& at) {
    char* bytes = static_cast<char*>(memory);
    qkv = reinterpret_cast<T*>(bytes);
    attended = reinterpret_cast<T*>(bytes + at.qkvBytes());
    lse = reinterpret_cast<float*>(bytes + at.qkvBytes() + at.attendedBytes());
  }

  Head<Unit> head(const SublayerLayout<Unit>& at, const AttentionShape& shape, size_t row, size_t head) const {
    const ptrdiff_t r = static_cast<ptrdiff_t>(row), h = static_cast<ptrdiff_t>(head);
    return {qkv + at.headPlace(3, r, 0, h, 0),
            qkv + at.headPlace(3, r, 1, h, 0),
            qkv + at.headPlace(3, r, 2, h, 0),
            at.length,
            at.headWidth,
            RowPattern(shape, row)};
  }
};

}  // namespace gdiff::GDIFF_ISA
