import { describe, expect, it } from "vitest";
import { transposeInto } from "../../../src/backends/wasm/transpose-into.ts";

describe("transposeInto", () => {
  it.each([
    [1, 1],
    [1, 70],
    [70, 1],
    [31, 33],
    [32, 32],
    [33, 65],
    [64, 96],
  ])("transposes %i × %i, across the blocks and at their rests", (rows, columns) => {
    const from = Float32Array.from({ length: rows * columns }, (_, i) => i + 1);
    const to = new Float32Array(rows * columns);
    transposeInto(from, rows, columns, to);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        expect(to[column * rows + row]).toBe(from[row * columns + column]);
  });
});
