/** What the add-on says of arguments that are none: no well-meant caller passes them, and each has its sentence. */

import { expect, it } from "vitest";
import type { NativeAttentionPattern } from "../../../src/backends/native/bindings/attention.ts";
import { binding, refusalOf } from "./support.ts";

const none = undefined;
const floats = new Float32Array(64);

it.each<[string, () => void]>([
  [
    "native softmax: expected rows to be a non-negative integer, got -1.000000",
    () => binding.softmax(-1, 4, floats, floats),
  ],
  [
    "native softmax: expected width to be a non-negative integer, got 1.500000",
    () => binding.softmax(1, 1.5, floats, floats),
  ],
  [
    "native softmax: expected rows to be a non-negative integer, got nan",
    () => binding.softmax(Number.NaN, 4, floats, floats),
  ],
  [
    "native softmax: expected rows to be a non-negative integer, got 18014398509481984.000000",
    () => binding.softmax(2 ** 54, 4, floats, floats),
  ],
  [
    "native attentionForward: expected pattern to be a string, got a number",
    () => {
      const pattern = 1 as unknown as NativeAttentionPattern;
      const sizes = [1, 1, 1, 1, 2, pattern, 1, 0, none, false] as const;
      binding.attentionForward(...sizes, floats, floats, floats, floats, none);
    },
  ],
  [
    "native rotary: expected headWidth to be even, got 3",
    () => binding.rotary(1, 1, 3, floats, floats, floats, floats, false),
  ],
  [
    "native gemm: aIndex must hold no negative index, got -1",
    () => {
      const sizes = [1, 2, 2, 2, Int32Array.of(-1), none] as const;
      binding.gemm(...sizes, floats, false, floats, false, none, false, floats, false);
    },
  ],
  [
    "native layout: expected at most 16 axes, got 17",
    () => binding.arithmetic(0, 17, new Int32Array(51), floats, floats, floats),
  ],
  [
    "native layout: expected sizes of 0 or more, got -2",
    () => binding.arithmetic(0, 1, Int32Array.of(-2, 1, 1), floats, floats, floats),
  ],
])("%s", (message, call) => {
  expect(refusalOf(call)).toBe(`TypeError: ${message}`);
});

const foreign = binding.instructionSets().find(({ runsHere }) => !runsHere);
if (foreign === undefined) console.log("skipped: a foreign instruction set (this has them all)");

it.skipIf(foreign === undefined)("an instruction set that this processor has not", () => {
  expect(refusalOf(() => binding.setInstructionSet(foreign?.name ?? ""))).toMatch(
    /^TypeError: expected an instruction set that this processor has \(.*portable\), got \w+$/,
  );
});
