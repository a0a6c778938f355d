/** The add-on in words, for the user. */

import type { SystemBinding } from "../../util/addon/system-binding.ts";
import type { Precision } from "../precision.ts";

const TITLES: ReadonlyMap<string, string> = new Map([
  ["amx", "AMX with bfloat16"],
  ["avx512bf16", "AVX-512 with bfloat16"],
  ["avx512", "AVX-512"],
  ["avx2", "AVX2"],
  ["portable", "portable code"],
]);

/** One clause: "AVX-512 with bfloat16, 2 threads, bf16 products". */
export function describeNative(
  binding: Pick<SystemBinding, "getInstructionSet" | "getThreads" | "hasBf16">,
  precision: Precision,
): string {
  const set = binding.getInstructionSet();
  const threads = binding.getThreads();
  const isSlow = precision === "bf16" && !binding.hasBf16();
  return (
    `${TITLES.get(set) ?? set}, ${threads} thread${threads === 1 ? "" : "s"}, ${precision} products` +
    (isSlow ? " (emulated: fp32 is faster on this processor)" : "")
  );
}

/** What products are computed in when nobody says: bf16 where the processor multiplies it. */
export function defaultPrecision(binding: Pick<SystemBinding, "hasBf16">): Precision {
  return binding.hasBf16() ? "bf16" : "fp32";
}
