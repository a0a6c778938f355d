import { expect, it } from "vitest";
import { naiveLayerNorm } from "../../naive/layer-norm.ts";
import { maxDifference } from "../../support/backend.ts";
import { binding, describeEachInstructionSet, withEachThreadCount } from "./support.ts";

const values = (count: number, salt: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * (salt + 1)));

describeEachInstructionSet("layerNormForward", () => {
  for (const [rows, width] of [
    [1, 1],
    [1, 16],
    [3, 17],
    [33, 15],
    [70, 64],
    [5, 257],
    [0, 8],
  ] as const) {
    it(`agrees with float64 loops on [${rows}, ${width}], whatever the threads`, () => {
      const x = values(rows * width, 1);
      const gain = values(width, 2);
      const outputs = withEachThreadCount(() => {
        const out = new Float32Array(rows * width).fill(Number.NaN);
        binding.layerNormForward(rows, width, x, gain, out, 1e-5);
        return out;
      });
      expect(maxDifference(outputs[0] as Float32Array, naiveLayerNorm(x, gain))).toBeLessThan(3e-6);
      for (const output of outputs) expect(output).toEqual(outputs[0]);
    });
  }
});
