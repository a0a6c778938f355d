/** Casts between all types and logic of numbers, which the kernels of TensorFlow.js reach in part, against loops. */

import { expect, it } from "vitest";
import { elementTypeCode } from "../../../../src/backends/native/element-type.ts";
import { broadcastAxes } from "../../../../src/backends/native/layout/strides.ts";
import type { NumericType } from "../../../../src/backends/native/memory/values.ts";
import { binding, describeEachInstructionSet } from "../support.ts";

const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;
const TYPES = Object.keys(ARRAYS) as NumericType[];
const VALUES = Array.from({ length: 37 }, (_, i) => (i % 3 === 0 ? 0 : i / (i % 2) - 18.5));
const LOGIC = { 6: (a: boolean, b: boolean) => a && b, 7: (a: boolean, b: boolean) => a || b };

function arrayOf(type: NumericType, values: readonly number[]) {
  return ARRAYS[type].from(type === "bool" ? values.map((value) => (value === 0 ? 0 : 1)) : values);
}

describeEachInstructionSet("conversions", () => {
  it.each(TYPES.flatMap((from) => TYPES.map((to) => [from, to] as const)))(
    "casts %s to %s",
    (from, to) => {
      const x = arrayOf(
        from,
        VALUES.map((value) => (Number.isFinite(value) ? value : 7.5)),
      );
      const out = arrayOf(
        to,
        VALUES.map(() => 1),
      );
      binding.cast(elementTypeCode(from), elementTypeCode(to), x.length, x, out);
      expect([...out]).toEqual([...arrayOf(to, [...x])]);
    },
  );

  it.each(TYPES)("logic of %s: what is not zero is true", (type) => {
    const a = arrayOf(type, VALUES);
    const b = arrayOf(type, VALUES.toReversed());
    const axes = broadcastAxes([a.length], [a.length], [b.length]);
    for (const [code, both] of Object.entries(LOGIC)) {
      const out = new Uint8Array(a.length).fill(9);
      binding.compare(Number(code), elementTypeCode(type), 1, axes, a, b, out);
      const wanted = [...a].map((value, i) => Number(both(value !== 0, b[i] !== 0)));
      expect([...out]).toEqual(wanted);
    }
  });
});
