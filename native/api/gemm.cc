#include "../cpu.h"
#include "../napi.h"
#include "api.h"

namespace gdiff {

namespace {

/** Matrices of an operand that a batch takes: one more than the largest index. */
size_t matricesOf(const int32_t* index, size_t batch, const char* name) {
  if (index == nullptr) return batch;
  int32_t most = -1;
  for (size_t i = 0; i < batch; i++) {
    if (index[i] < 0)
      throw ArgumentError("native gemm: " + std::string(name) + " must hold no negative index, got " +
                          std::to_string(index[i]));
    most = index[i] > most ? index[i] : most;
  }
  return static_cast<size_t>(most + 1);
}

napi_value multiply(Arguments& args) {
  Gemm p;
  p.batch = args.size("batch");
  p.m = args.size("m");
  p.n = args.size("n");
  p.k = args.size("k");
  p.aIndex = args.optionalInts("aIndex", p.batch);
  p.bIndex = args.optionalInts("bIndex", p.batch);
  p.a = args.floats("a", countOf({matricesOf(p.aIndex, p.batch, "aIndex"), p.m, p.k}));
  p.transposeA = args.flag("transposeA");
  p.b = args.floats("b", countOf({matricesOf(p.bIndex, p.batch, "bIndex"), p.k, p.n}));
  p.transposeB = args.flag("transposeB");
  p.bias = args.optionalFloats("bias", p.n);
  p.relu = args.flag("relu");
  p.out = args.floats("out", countOf({p.batch, p.m, p.n}));
  p.bf16 = args.flag("bf16");
  kernels().gemm.multiply(p);
  return nullptr;
}

napi_value linearBackward(Arguments& args) {
  LinearBackward l;
  l.rows = args.size("rows");
  l.in = args.size("in");
  l.out = args.size("out");
  l.x = args.floats("x", countOf({l.rows, l.in}));
  l.weight = args.floats("weight", countOf({l.out, l.in}));
  l.dy = args.floats("dy", countOf({l.rows, l.out}));
  l.dx = args.optionalFloats("dx", countOf({l.rows, l.in}));
  l.dWeight = args.optionalFloats("dWeight", countOf({l.out, l.in}));
  l.dBias = args.optionalFloats("dBias", l.out);
  l.bf16 = args.flag("bf16");
  kernels().gemm.linearBackward(l);
  return nullptr;
}

const Export kExports[] = {{"gemm", multiply}, {"linearBackward", linearBackward}};

}  // namespace

void exportGemm(napi_env env, napi_value exports) {
  addExports(env, exports, kExports, sizeof kExports / sizeof kExports[0]);
}

}  // namespace gdiff
