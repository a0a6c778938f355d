import { describe, expect, it } from "vitest";
import { centralDifferences } from "../../naive/central-differences.ts";
import { naiveLayerNorm } from "../../naive/layer-norm.ts";
import { naiveRmsNorm } from "../../naive/rms-norm.ts";
import { maxDifference } from "../../support/backend.ts";
import { binding, computed, describeEachInstructionSet, dot, poisoned, values } from "./support.ts";

type Binding = typeof binding;

/** By name: the add-on under test changes. */
const NORMS = [
  {
    name: "layerNorm",
    naive: naiveLayerNorm,
    forward: (...args: Parameters<Binding["layerNormForward"]>) =>
      binding.layerNormForward(...args),
    backward: (...args: Parameters<Binding["layerNormBackward"]>) =>
      binding.layerNormBackward(...args),
  },
  {
    name: "rmsNorm",
    naive: naiveRmsNorm,
    forward: (...args: Parameters<Binding["rmsNormForward"]>) => binding.rmsNormForward(...args),
    backward: (...args: Parameters<Binding["rmsNormBackward"]>) => binding.rmsNormBackward(...args),
  },
] as const;

const EPSILON = 1e-5;
const FORWARD_SHAPES: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 16],
  [3, 17],
  [33, 15],
  [70, 64],
  [5, 257],
  [0, 8],
  [2, 0],
];
const BACKWARD_SHAPES: readonly (readonly [number, number])[] = [
  [1, 1],
  [3, 17],
  [65, 7],
  [130, 3],
  [2, 33],
];

describeEachInstructionSet("norms", () => {
  describe.each(NORMS)("$name", ({ naive, forward, backward }) => {
    it.each(FORWARD_SHAPES)("agrees with float64 loops on [%i, %i]", (rows, width) => {
      const x = values(rows * width, 1);
      const gain = values(width, 2);
      const [out] = computed([rows * width], (to) => forward(rows, width, x, gain, to, EPSILON));
      expect(maxDifference(out, naive(x, gain))).toBeLessThan(3e-6);
    });

    it.each(BACKWARD_SHAPES)("has the gradients of those loops on [%i, %i]", (rows, width) => {
      const x = values(rows * width, 1);
      const gain = values(width, 2);
      const dy = values(rows * width, 3);
      const [dx, dGain] = computed([rows * width, width], (...to) =>
        backward(rows, width, x, gain, dy, ...to, EPSILON),
      );
      const wantedX = Array.from({ length: rows }, (_, row) => {
        const of = (a: Float32Array) => a.subarray(row * width, (row + 1) * width);
        return [...centralDifferences((changed) => dot(naive(changed, gain), of(dy)), of(x))];
      }).flat();
      const wantedGain = centralDifferences((changed) => dot(naive(x, changed), dy), gain);
      const scale = Math.max(1, ...wantedX.map(Math.abs), ...wantedGain.map(Math.abs));
      expect(maxDifference(dx, wantedX) / scale).toBeLessThan(1e-5);
      expect(maxDifference(dGain, wantedGain) / scale).toBeLessThan(1e-5);
    });

    it("gives zeros for the gain of no rows, and rows that do not know their neighbours", () => {
      const dGain = poisoned(3);
      backward(0, 3, values(0, 1), values(3, 2), values(0, 3), poisoned(0), dGain, EPSILON);
      expect([...dGain]).toEqual([0, 0, 0]);
      const x = values(70 * 19, 1);
      const gain = values(19, 2);
      const all = poisoned(70 * 19);
      forward(70, 19, x, gain, all, EPSILON);
      for (const row of [0, 1, 33, 69]) {
        const alone = poisoned(19);
        forward(1, 19, x.subarray(row * 19, (row + 1) * 19), gain, alone, EPSILON);
        expect(alone).toEqual(all.subarray(row * 19, (row + 1) * 19));
      }
    });

    it("keeps NaN to its row", () => {
      const x = values(3 * 5, 1);
      x[7] = Number.NaN;
      const out = poisoned(15);
      forward(3, 5, x, values(5, 2), out, EPSILON);
      expect([...out].map(Number.isNaN)).toEqual(
        Array.from({ length: 15 }, (_, i) => i >= 5 && i < 10),
      );
    });
  });
});
