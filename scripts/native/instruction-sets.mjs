// The sets of kernels that are compiled, and which of them a compiler can build.

const AVX2 = ["-mavx2", "-mfma", "-mf16c"];
const AVX512 = [...AVX2, "-mavx512f", "-mavx512bw", "-mavx512dq", "-mavx512vl"];
const AVX512_BF16 = [...AVX512, "-mavx512bf16"];
const AMX = [...AVX512_BF16, "-mamx-tile", "-mamx-bf16"];

/** A call of the newest intrinsic of each set: an old compiler may know the flag and lack the header. */
const BF16_CALL = "__m512 f(__m512 s, __m512bh a) { return _mm512_dpbf16_ps(s, a, a); }";
const AMX_CALL = "void f() { _tile_dpbf16ps(0, 1, 2); }";

/** Of each architecture, the oldest first; `portable` is what every processor of it has. */
const SETS = {
  x64: [
    { name: "portable", flags: [], probe: "" },
    { name: "avx2", flags: AVX2, probe: "__m256 f(__m256 a) { return _mm256_fmadd_ps(a, a, a); }" },
    { name: "avx512", flags: AVX512, probe: "__m512 f(__m512 a) { return _mm512_sqrt_ps(a); }" },
    { name: "avx512bf16", flags: AVX512_BF16, probe: BF16_CALL },
    { name: "amx", flags: AMX, probe: AMX_CALL },
  ],
};
const PORTABLE = [{ name: "portable", flags: [], probe: "" }];

/** For tests, whatever the compiler and the processor: tile instructions in C++. */
export const EMULATED_TILES = { known: [{ name: "amx", flags: [] }], leftOut: [] };

/** Returns the sets that the compiler knows, and the names of those that it does not. */
export function instructionSets(compiler, arch = process.arch) {
  const wanted = SETS[arch] ?? PORTABLE;
  const accepts = (flags, probes) =>
    compiler.accepts(flags, ["#include <immintrin.h>", ...probes, ""].join("\n"));
  // One question where the answer is yes: each set's flags are among those of the next.
  const newest = wanted.at(-1);
  const knowsAll = newest.probe !== "" && accepts(newest.flags, [newest.probe]);
  const known = wanted.filter(
    ({ flags, probe }) => knowsAll || probe === "" || accepts(flags, [probe]),
  );
  const leftOut = wanted.filter((set) => !known.includes(set)).map(({ name }) => name);
  return { known, leftOut };
}
