#include "reduce.h"

#include "integer.h"
#include "walk.h"

namespace gdiff::GDIFF_ISA {

namespace {

/** Columns that one task keeps its state of. */
constexpr ptrdiff_t kColumns = 128;

/**
 * For each stretch of at most kColumns columns of each outer index: body(x, step, columns, out), where x[i · step + c]
 * is element i of column c. With inner = 1 a "column" is a row.
 */
template <class In, class Out, class Body>
void forEachColumns(const In* x, Out* out, size_t outer, size_t count, size_t inner, const Body& body) {
  const ptrdiff_t n = static_cast<ptrdiff_t>(count), width = static_cast<ptrdiff_t>(inner);
  const ptrdiff_t pieces = (width + kColumns - 1) / kColumns;
  const ptrdiff_t units = static_cast<ptrdiff_t>(outer) * pieces;
  const ptrdiff_t unitElements = (n > 0 ? n : 1) * (width < kColumns ? width : kColumns);
  const ptrdiff_t perTask = unitElements >= kElementsPerTask ? 1 : kElementsPerTask / (unitElements > 0 ? unitElements : 1);
  parallelFor(static_cast<size_t>((units + perTask - 1) / perTask), [&](size_t task) {
    const ptrdiff_t first = static_cast<ptrdiff_t>(task) * perTask;
    const ptrdiff_t end = first + perTask < units ? first + perTask : units;
    for (ptrdiff_t unit = first; unit < end; unit++) {
      const ptrdiff_t row = unit / pieces, column = unit % pieces * kColumns;
      const ptrdiff_t columns = width - column < kColumns ? width - column : kColumns;
      body(x + row * n * width + column, width, columns, out + row * width + column);
    }
  });
}

/** The first of the largest or smallest; `isBeyond(value, most)` says which. */
template <class T, class Beyond>
void extremes(const T* x, T* out, size_t outer, size_t count, size_t inner, T empty, const Beyond& isBeyond) {
  const ptrdiff_t n = static_cast<ptrdiff_t>(count);
  forEachColumns(x, out, outer, count, inner, [&](const T* from, ptrdiff_t step, ptrdiff_t columns, T* to) {
    if (n == 0) {
      for (ptrdiff_t c = 0; c < columns; c++) to[c] = empty;
      return;
    }
    T most[kColumns];
    for (ptrdiff_t c = 0; c < columns; c++) most[c] = from[c];
    for (ptrdiff_t i = 1; i < n; i++)
#pragma GCC ivdep
      for (ptrdiff_t c = 0; c < columns; c++) {
        const T value = from[i * step + c];
        most[c] = isBeyond(value, most[c]) || value != value ? value : most[c];
      }
    for (ptrdiff_t c = 0; c < columns; c++) to[c] = most[c];
  });
}

/** The same along a row by lanes; a zero is looked up again, since the lanes do not know which zero was first. */
template <class Beyond>
float extremeOfRow(const float* x, ptrdiff_t n, const Beyond& isBeyond) {
  constexpr ptrdiff_t kLanes = 32;
  float most[kLanes];
  for (ptrdiff_t lane = 0; lane < kLanes; lane++) most[lane] = x[0];
  ptrdiff_t i = 0;
  const auto take = [&](ptrdiff_t lane, float value) {
    most[lane] = isBeyond(value, most[lane]) || value != value ? value : most[lane];
  };
  for (; i + kLanes <= n; i += kLanes)
#pragma GCC ivdep
    for (ptrdiff_t lane = 0; lane < kLanes; lane++) take(lane, x[i + lane]);
  for (ptrdiff_t lane = 0; i + lane < n; lane++) take(lane, x[i + lane]);
  for (ptrdiff_t lane = 1; lane < kLanes; lane++) take(0, most[lane]);
  if (most[0] != 0.0f) return most[0];
  for (i = 0; x[i] != 0.0f; i++) {}
  return x[i];
}

template <class Beyond>
void floatExtremes(const float* x, float* out, size_t outer, size_t count, size_t inner, const Beyond& isBeyond) {
  if (inner != 1 || count < 8) return extremes(x, out, outer, count, inner, __builtin_nanf(""), isBeyond);
  const ptrdiff_t n = static_cast<ptrdiff_t>(count);
  forEachColumns(x, out, outer, count, inner, [&](const float* from, ptrdiff_t, ptrdiff_t, float* to) {
    *to = extremeOfRow(from, n, isBeyond);
  });
}

/** Sums (products) of State, in the order of the axis. */
template <class In, class Out, class State, class Step, class Finish>
void fold(const In* x, Out* out, size_t outer, size_t count, size_t inner, State start, const Step& step,
          const Finish& finish) {
  const ptrdiff_t n = static_cast<ptrdiff_t>(count);
  forEachColumns(x, out, outer, count, inner, [&](const In* from, ptrdiff_t stride, ptrdiff_t columns, Out* to) {
    State state[kColumns];
    for (ptrdiff_t c = 0; c < columns; c++) state[c] = start;
    for (ptrdiff_t i = 0; i < n; i++)
#pragma GCC ivdep
      for (ptrdiff_t c = 0; c < columns; c++) state[c] = step(state[c], from[i * stride + c]);
    for (ptrdiff_t c = 0; c < columns; c++) to[c] = finish(state[c]);
  });
}

}  // namespace

extern const SumKernels sumKernels;

namespace {

void floats(Reduction function, const float* x, float* out, size_t outer, size_t count, size_t inner) {
  switch (function) {
    case Reduction::Sum: return sumKernels.sum(x, out, outer, count, inner, 1.0);
    case Reduction::Mean: return sumKernels.sum(x, out, outer, count, inner, count == 0 ? 1.0 : static_cast<double>(count));
    case Reduction::Max: return floatExtremes(x, out, outer, count, inner, [](float a, float b) { return a > b; });
    case Reduction::Min: return floatExtremes(x, out, outer, count, inner, [](float a, float b) { return a < b; });
    case Reduction::Prod:
      return fold(x, out, outer, count, inner, 1.0, [](double p, float v) { return p * v; },
                  [](double p) { return static_cast<float>(p); });
    case Reduction::Count: return;
  }
}

void integers(IntegerReduction function, const int32_t* x, int32_t* out, size_t outer, size_t count, size_t inner) {
  const auto wrapped = [](uint32_t v) { return static_cast<int32_t>(v); };
  switch (function) {
    case IntegerReduction::Sum:
      return fold(x, out, outer, count, inner, uint32_t{0},
                  [](uint32_t s, int32_t v) { return s + static_cast<uint32_t>(v); }, wrapped);
    case IntegerReduction::Max:
      return extremes(x, out, outer, count, inner, 0, [](int32_t a, int32_t b) { return a > b; });
    case IntegerReduction::Min:
      return extremes(x, out, outer, count, inner, 0, [](int32_t a, int32_t b) { return a < b; });
    case IntegerReduction::Prod:  // as JavaScript multiplies: in float64
      return fold(x, out, outer, count, inner, 1.0, [](double p, int32_t v) { return p * v; },
                  [](double p) { return toInt32(p); });
    case IntegerReduction::Count: return;
  }
}

void all(bool isAny, const uint8_t* x, uint8_t* out, size_t outer, size_t count, size_t inner) {
  const auto same = [](uint8_t v) { return v; };
  const uint8_t start = !isAny && count > 0;
  if (isAny)
    fold(x, out, outer, count, inner, start, [](uint8_t s, uint8_t v) -> uint8_t { return s | (v != 0); }, same);
  else
    fold(x, out, outer, count, inner, start, [](uint8_t s, uint8_t v) -> uint8_t { return s & (v != 0); }, same);
}

void arg(bool isMin, const float* x, int32_t* out, size_t outer, size_t count, size_t inner) {
  const ptrdiff_t n = static_cast<ptrdiff_t>(count);
  const float sign = isMin ? -1.0f : 1.0f;
  forEachColumns(x, out, outer, count, inner, [&](const float* from, ptrdiff_t step, ptrdiff_t columns, int32_t* to) {
    float most[kColumns];
    int32_t where[kColumns];
    for (ptrdiff_t c = 0; c < columns; c++) {
      most[c] = n == 0 ? 0.0f : sign * from[c];
      where[c] = 0;
    }
    for (ptrdiff_t i = 1; i < n; i++)
#pragma GCC ivdep
      for (ptrdiff_t c = 0; c < columns; c++) {
        const float value = sign * from[i * step + c];
        const bool isMore = value > most[c];
        most[c] = isMore ? value : most[c];
        where[c] = isMore ? static_cast<int32_t>(i) : where[c];
      }
    for (ptrdiff_t c = 0; c < columns; c++) to[c] = where[c];
  });
}

void cumulate(const float* x, float* out, size_t outer, size_t count, size_t inner, bool isExclusive, bool isReverse) {
  const ptrdiff_t n = static_cast<ptrdiff_t>(count), width = static_cast<ptrdiff_t>(inner);
  const ptrdiff_t pieces = (width + kColumns - 1) / kColumns;
  parallelFor(outer * static_cast<size_t>(pieces), [&](size_t index) {
    const ptrdiff_t unit = static_cast<ptrdiff_t>(index), column = unit % pieces * kColumns;
    const ptrdiff_t columns = width - column < kColumns ? width - column : kColumns;
    const ptrdiff_t base = unit / pieces * n * width + column;
    for (ptrdiff_t i = 0; i < n; i++) {
      const ptrdiff_t at = base + (isReverse ? n - 1 - i : i) * width;
      const ptrdiff_t before = isReverse ? at + width : at - width;
      for (ptrdiff_t c = 0; c < columns; c++) {
        if (i == 0) out[at + c] = isExclusive ? 0.0f : x[at + c];
        else out[at + c] = out[before + c] + (isExclusive ? x[before + c] : x[at + c]);
      }
    }
  });
}

}  // namespace

extern const ReduceKernels reduceKernels;
const ReduceKernels reduceKernels = {floats, integers, all, arg, cumulate};

}  // namespace gdiff::GDIFF_ISA
