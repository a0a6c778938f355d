import { describe, expect, it } from "vitest";
import { findNonFinite } from "../../src/tensor/find-non-finite.ts";

describe("findNonFinite", () => {
  it("finds nothing in finite numbers, the largest and the smallest among them", () => {
    const data = Float32Array.of(0, -0, 3.4028234663852886e38, 1.401298464324817e-45);
    expect(findNonFinite({ w: { shape: [4], data } })).toEqual([]);
  });

  it("counts NaN and infinities an array, and says where the first one is", () => {
    const arrays = {
      a: { shape: [2, 2], data: Float32Array.of(0, Number.NaN, 1, Number.NEGATIVE_INFINITY) },
      b: { shape: [1], data: Float32Array.of(1) },
      c: { shape: [], data: Float32Array.of(Number.POSITIVE_INFINITY) },
    };
    expect(findNonFinite(arrays)).toEqual([
      { name: "a", count: 2, firstIndex: 1 },
      { name: "c", count: 1, firstIndex: 0 },
    ]);
  });
});
