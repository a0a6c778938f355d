#include "mlp.h"

#include "../parallel.h"
#include "add_blocks.h"
#include "gelu.h"
#include "norm_rows.h"
#include "pack.h"
#include "weight_gradient.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** Rows of a task: a multiple of the tile's rows; their hidden values of one chunk stay in the second-level cache. */
constexpr ptrdiff_t kRows = 96;
/** Hidden values made and used up at a time. */
constexpr ptrdiff_t kChunk = 256;

/** Sizes in the layouts that this file uses; T is an operand of the unit. */
template <class Unit>
struct Layout {
  ptrdiff_t rows, width, hidden;
  ptrdiff_t blocks = (rows + kRows - 1) / kRows;
  ptrdiff_t chunks = (hidden + kChunk - 1) / kChunk;
  /** Values of T between rows of width values. */
  ptrdiff_t widthStride = padded<Unit>(width);
  /** Values of T between rows of hidden values, in kept memory and in scratch. */
  ptrdiff_t hiddenStride = roundedUp(roundedUp(hidden, kPanel), Unit::kMultiple);

  explicit Layout(const MlpShape& shape)
      : rows(static_cast<ptrdiff_t>(shape.rows)),
        width(static_cast<ptrdiff_t>(shape.width)),
        hidden(static_cast<ptrdiff_t>(shape.hidden)) {}

  ptrdiff_t rowsOf(ptrdiff_t block) const { return smaller(kRows, rows - block * kRows); }
  ptrdiff_t columnsOf(ptrdiff_t chunk) const { return smaller(kChunk, hidden - chunk * kChunk); }
};

/** One packed operand a chunk. */
template <class Unit>
struct PackedChunks {
  typename Unit::T* data;
  ptrdiff_t size;
  const typename Unit::T* operator[](ptrdiff_t chunk) const { return data + chunk * size; }
  typename Unit::T* place(ptrdiff_t chunk) const { return data + chunk * size; }
};

/** Chunks of a product that ends in hidden columns: k = width, n = the chunk's. */
template <class Unit>
PackedChunks<Unit> intoHidden(Scratch& scratch, const Layout<Unit>& at) {
  const ptrdiff_t size = packedSize<Unit>(at.width, kChunk);
  return {scratch.take<typename Unit::T>(at.chunks * size), size};
}

/** Chunks of a product that starts from hidden columns: k = the chunk's, n = width. */
template <class Unit>
PackedChunks<Unit> fromHidden(Scratch& scratch, const Layout<Unit>& at) {
  const ptrdiff_t size = packedSize<Unit>(kChunk, at.width);
  return {scratch.take<typename Unit::T>(at.chunks * size), size};
}

/** A copy padded with zeros to whole panels. */
const float* paddedCopy(Scratch& scratch, const float* from, ptrdiff_t count) {
  const ptrdiff_t size = roundedUp(count, kPanel);
  float* to = scratch.take<float>(size);
  for (ptrdiff_t i = 0; i < size; i++) to[i] = i < count ? from[i] : 0.0f;
  return to;
}

/** to[i] = the sum of column i. */
void sumRows(float* to, const float* from, ptrdiff_t rows, ptrdiff_t width) {
  for (ptrdiff_t i = 0; i < width; i += W) {
    F total = F{};
    for (ptrdiff_t row = 0; row < rows; row++) total += loadUpTo(from + row * width + i, width - i);
    storeUpTo(to + i, total, width - i);
  }
}

template <class Unit>
void forwardOf(const MlpShape& shape, const MlpWeights& weights, const float* x, float* y, typename Unit::T* kept) {
  using T = typename Unit::T;
  const Layout<Unit> at(shape);
  Scratch scratch;
  const PackedChunks<Unit> up = intoHidden(scratch, at), down = fromHidden(scratch, at);
  const float* upBias = paddedCopy(scratch, weights.upBias, at.hidden);
  parallelFor(static_cast<size_t>(at.chunks), [&](size_t task) {
    const ptrdiff_t chunk = static_cast<ptrdiff_t>(task), from = chunk * kChunk;
    packBTransposed<Unit>(up.place(chunk), weights.up + from * at.width, at.width, at.width, at.columnsOf(chunk));
    packBTransposed<Unit>(down.place(chunk), weights.down + from, at.hidden, at.columnsOf(chunk), at.width);
  });
  parallelFor(static_cast<size_t>(at.blocks), [&](size_t task) {
    const ptrdiff_t first = static_cast<ptrdiff_t>(task) * kRows, count = at.rowsOf(static_cast<ptrdiff_t>(task));
    Scratch inner;
    T* normed = inner.take<T>(kRows * at.widthStride);
    float* tile = inner.take<float>(kRows * kChunk);
    T* active = inner.take<T>(kRows * kChunk);
    normaliseRows<LayerNorm, Unit>(normed, at.widthStride, x + first * at.width, weights.gain, count, at.width,
                                   shape.epsilon);
    for (ptrdiff_t chunk = 0; chunk < at.chunks; chunk++) {
      const ptrdiff_t from = chunk * kChunk, columns = roundedUp(at.columnsOf(chunk), kPanel);
      const ptrdiff_t k = padded<Unit>(at.columnsOf(chunk));
      multiply<Unit>(count, columns, padded<Unit>(at.width), normed, at.widthStride, up[chunk], tile, kChunk, false);
      for (ptrdiff_t row = 0; row < count; row++) {
        for (ptrdiff_t i = 0; i < columns; i += W) {
          const F before = load(tile + row * kChunk + i) + load(upBias + from + i);
          if (kept != nullptr) Unit::narrowTo(kept + (first + row) * at.hiddenStride + from + i, before);
          Unit::narrowTo(active + row * kChunk + i, geluOf<Unit>(before));
        }
        for (ptrdiff_t i = columns; i < k; i++) active[row * kChunk + i] = T{};
      }
      multiply<Unit>(count, at.width, k, active, kChunk, down[chunk], y + first * at.width, at.width, chunk > 0);
    }
    for (ptrdiff_t row = first; row < first + count; row++)
      for (ptrdiff_t i = 0; i < at.width; i += W) {
        const ptrdiff_t left = at.width - i, place = row * at.width + i;
        const F residual = loadUpTo(x + place, left) + loadUpTo(weights.downBias + i, left);
        storeUpTo(y + place, loadUpTo(y + place, left) + residual, left);
      }
  });
}

/** What the two weight gradients are products of, row-major, one operand a value. */
template <class Unit>
struct Factors {
  using T = typename Unit::T;
  T* normed;  // [rows, widthStride]
  T* dy;      // [rows, widthStride]
  T* active;  // [rows, hiddenStride]: gelu's output
  T* before;  // [rows, hiddenStride]: gradient of its input
};

/** Sums of a block of rows, added in the order of the blocks at the end. */
struct Partials {
  float* gain;      // [blocks, width]
  float* upBias;    // [blocks, hidden]
  float* downBias;  // [blocks, width]
};

template <class Unit>
void backwardOf(const MlpShape& shape, const MlpWeights& weights, const float* x, const typename Unit::T* kept,
                const float* dy, float* dx, const MlpGradients& gradients) {
  using T = typename Unit::T;
  const Layout<Unit> at(shape);
  Scratch scratch;
  const PackedChunks<Unit> down = intoHidden(scratch, at), up = fromHidden(scratch, at);
  parallelFor(static_cast<size_t>(at.chunks), [&](size_t task) {
    const ptrdiff_t chunk = static_cast<ptrdiff_t>(task), from = chunk * kChunk;
    packB<Unit>(down.place(chunk), weights.down + from, at.hidden, at.width, at.columnsOf(chunk));
    packB<Unit>(up.place(chunk), weights.up + from * at.width, at.width, at.columnsOf(chunk), at.width);
  });
  const Factors<Unit> factors{
      scratch.take<T>(at.rows * at.widthStride), scratch.take<T>(at.rows * at.widthStride),
      scratch.take<T>(at.rows * at.hiddenStride), scratch.take<T>(at.rows * at.hiddenStride)};
  const Partials partials{scratch.take<float>(at.blocks * at.width), scratch.take<float>(at.blocks * at.hidden),
                          scratch.take<float>(at.blocks * at.width)};
  parallelFor(static_cast<size_t>(at.blocks), [&](size_t task) {
    const ptrdiff_t block = static_cast<ptrdiff_t>(task), first = block * kRows, count = at.rowsOf(block);
    Scratch inner;
    float* tile = inner.take<float>(kRows * kChunk);
    float* dNormed = inner.take<float>(kRows * at.width);
    T* normed = factors.normed + first * at.widthStride;
    T* dyRows = factors.dy + first * at.widthStride;
    normaliseRows<LayerNorm, Unit>(normed, at.widthStride, x + first * at.width, weights.gain, count, at.width,
                                   shape.epsilon);
    packA<Unit>(dyRows, dy + first * at.width, at.width, count, at.width);
    float* upBias = partials.upBias + block * at.hidden;
    for (ptrdiff_t chunk = 0; chunk < at.chunks; chunk++) {
      const ptrdiff_t from = chunk * kChunk, columns = roundedUp(at.columnsOf(chunk), kPanel);
      const ptrdiff_t k = padded<Unit>(at.columnsOf(chunk));
      multiply<Unit>(count, columns, padded<Unit>(at.width), dyRows, at.widthStride, down[chunk], tile, kChunk, false);
      float sums[kChunk] = {};
      for (ptrdiff_t row = 0; row < count; row++)
        for (ptrdiff_t i = 0; i < columns; i += W) {
          const ptrdiff_t place = (first + row) * at.hiddenStride + from + i;
          F active, slope;
          geluWithSlope<Unit>(Unit::widen(kept + place), active, slope);
          const F gradient = load(tile + row * kChunk + i) * slope;
          store(sums + i, load(sums + i) + gradient);
          Unit::narrowTo(factors.active + place, active);
          Unit::narrowTo(factors.before + place, gradient);
        }
      for (ptrdiff_t i = 0; i < columns; i += W) storeUpTo(upBias + from + i, load(sums + i), at.hidden - from - i);
      for (ptrdiff_t row = first; row < first + count; row++)
        for (ptrdiff_t i = columns; i < k; i++) factors.before[row * at.hiddenStride + from + i] = T{};
      multiply<Unit>(count, at.width, k, factors.before + first * at.hiddenStride + from, at.hiddenStride, up[chunk],
                     dNormed, at.width, chunk > 0);
    }
    float* gain = partials.gain + block * at.width;
    for (ptrdiff_t i = 0; i < at.width; i++) gain[i] = 0.0f;
    for (ptrdiff_t row = 0; row < count; row++) {
      const ptrdiff_t place = (first + row) * at.width;
      normaliseRowBackward<LayerNorm>(dx + place, dy + place, gain, x + place, weights.gain, dNormed + row * at.width,
                                      at.width, shape.epsilon);
    }
    sumRows(partials.downBias + block * at.width, dy + first * at.width, count, at.width);
  });
  addBlocks(gradients.gain, partials.gain, at.blocks, at.width);
  addBlocks(gradients.upBias, partials.upBias, at.blocks, at.hidden);
  addBlocks(gradients.downBias, partials.downBias, at.blocks, at.width);
  weightGradient<Unit>(at.rows, at.hidden, at.width, factors.before, at.hiddenStride, factors.normed, at.widthStride,
                       gradients.up);
  weightGradient<Unit>(at.rows, at.width, at.hidden, factors.dy, at.widthStride, factors.active, at.hiddenStride,
                       gradients.down);
}

template <class Unit>
size_t keptBytesOf(const MlpShape& shape) {
  const Layout<Unit> at(shape);
  return static_cast<size_t>(at.rows * at.hiddenStride) * sizeof(typename Unit::T);
}

size_t keptBytes(const MlpShape& shape, bool bf16) {
  return bf16 ? keptBytesOf<Bfloat16>(shape) : keptBytesOf<Float32>(shape);
}

void forward(const MlpShape& shape, const MlpWeights& weights, const float* x, float* y, void* kept, bool bf16) {
  if (bf16) forwardOf<Bfloat16>(shape, weights, x, y, static_cast<Bfloat16::T*>(kept));
  else forwardOf<Float32>(shape, weights, x, y, static_cast<float*>(kept));
}

void backward(const MlpShape& shape, const MlpWeights& weights, const float* x, const void* kept, const float* dy,
              float* dx, const MlpGradients& gradients, bool bf16) {
  if (bf16) backwardOf<Bfloat16>(shape, weights, x, static_cast<const Bfloat16::T*>(kept), dy, dx, gradients);
  else backwardOf<Float32>(shape, weights, x, static_cast<const float*>(kept), dy, dx, gradients);
}

}  // namespace

extern const MlpKernels mlp;
constexpr MlpKernels mlp = {keptBytes, forward, backward};

}  // namespace gdiff::GDIFF_ISA
