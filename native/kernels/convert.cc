#include "elementwise.h"
#include "integer.h"
#include "walk.h"

namespace gdiff::GDIFF_ISA {

namespace {

template <class In, class Out, class Function>
void each(const void* x, void* out, size_t count, const Function& f) {
  const In* from = static_cast<const In*>(x);
  Out* to = static_cast<Out*>(out);
  forEachStretch(static_cast<ptrdiff_t>(count), [&](ptrdiff_t start, ptrdiff_t n) {
#pragma GCC ivdep
    for (ptrdiff_t i = start; i < start + n; i++) to[i] = f(from[i]);
  });
}

template <class In>
void castFrom(ElementType to, const void* x, void* out, size_t count) {
  switch (to) {
    case ElementType::Float32: return each<In, float>(x, out, count, [](In v) { return static_cast<float>(v); });
    case ElementType::Int32: return each<In, int32_t>(x, out, count, [](In v) { return toInt32(v); });
    case ElementType::Byte: return each<In, uint8_t>(x, out, count, [](In v) -> uint8_t { return v != 0; });
    case ElementType::Count: return;
  }
}

void cast(ElementType from, ElementType to, const void* x, void* out, size_t count) {
  switch (from) {
    case ElementType::Float32: return castFrom<float>(to, x, out, count);
    case ElementType::Int32: return castFrom<int32_t>(to, x, out, count);
    case ElementType::Byte: return castFrom<uint8_t>(to, x, out, count);
    case ElementType::Count: return;
  }
}

void select(const uint8_t* condition, const uint32_t* a, const uint32_t* b, uint32_t* out, size_t count) {
  forEachStretch(static_cast<ptrdiff_t>(count), [&](ptrdiff_t start, ptrdiff_t n) {
#pragma GCC ivdep
    for (ptrdiff_t i = start; i < start + n; i++) {
      const uint32_t yes = a[i], no = b[i];
      out[i] = condition[i] == 1 ? yes : no;
    }
  });
}

void fill(uint32_t value, size_t elementBytes, void* out, size_t count) {
  forEachStretch(static_cast<ptrdiff_t>(count), [&](ptrdiff_t start, ptrdiff_t n) {
    if (elementBytes == 1) {
      __builtin_memset(static_cast<uint8_t*>(out) + start, static_cast<int>(value), static_cast<size_t>(n));
      return;
    }
    uint32_t* to = static_cast<uint32_t*>(out) + start;
    for (ptrdiff_t i = 0; i < n; i++) to[i] = value;
  });
}

}  // namespace

extern const ConvertKernels convertKernels;
const ConvertKernels convertKernels = {select, cast, fill};

}  // namespace gdiff::GDIFF_ISA
