import { expect, it } from "vitest";
import { naiveRotary } from "../../naive/rotary.ts";
import { maxDifference } from "../../support/backend.ts";
import { binding, computed, describeEachInstructionSet, values } from "./support.ts";

/** Tables [length, headWidth] whose halves are alike. */
function tables(length: number, headWidth: number) {
  const half = headWidth / 2;
  const angles = Array.from({ length: length * headWidth }, (_, i) => {
    const position = Math.floor(i / headWidth);
    return position * 10_000 ** (-((i % headWidth) % half) / half);
  });
  return { cos: Float32Array.from(angles, Math.cos), sin: Float32Array.from(angles, Math.sin) };
}

describeEachInstructionSet("rotary", () => {
  it.each([
    [1, 2, 3],
    [5, 6, 2],
    [33, 32, 2],
    [70, 64, 1],
    [9, 34, 7],
  ])("length %i, head width %i, %i heads: a rotation, and back", (length, headWidth, heads) => {
    const rows = heads * length;
    const x = values(rows * headWidth, 1);
    const { cos, sin } = tables(length, headWidth);
    const turn = (from: Float32Array, isBack: boolean): Float32Array =>
      computed([from.length], (to) =>
        binding.rotary(rows, length, headWidth, from, cos, sin, to, isBack),
      )[0];
    const turned = turn(x, false);
    expect(maxDifference(turned, naiveRotary(x, length, headWidth))).toBeLessThan(3e-7);
    expect(maxDifference(turn(turned, true), x)).toBeLessThan(6e-7);
  });
});
