import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../src/errors.ts";
import { expectSameNames } from "../../src/tensor/expect-same-names.ts";
import type { NamedArrays } from "../../src/tensor/named-arrays.ts";

const array = (...shape: number[]): NamedArrays[string] => ({
  shape,
  data: new Float32Array(shape.reduce((product, size) => product * size, 1)),
});

describe("expectSameNames", () => {
  it("passes arrays of exactly the expected names and shapes", () => {
    expectSameNames({ a: array(2, 3), b: array() }, { b: [], a: [2, 3] }, "x");
  });

  it("lists unknown names, missing names and both shapes in one sentence", () => {
    expect(() =>
      expectSameNames(
        { extra: array(1), other: array(2), w: array(4, 8), v: array(3) },
        { w: [8, 4], v: [], head: [4] },
        "model.safetensors",
      ),
    ).toThrow(
      new CheckpointError(
        "model.safetensors: expected the tensors of this model, got unknown tensors: extra, other. missing tensors: head. " +
          "shapes that differ: w: expected [8, 4], got [4, 8]; v: expected [], got [3] (was it written for another configuration?)",
      ),
    );
  });

  it("counts the names beyond the first eight", () => {
    const expected = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`w${i}`, [1]]));
    expect(() => expectSameNames({}, expected, "x")).toThrow(
      new CheckpointError(
        "x: expected the tensors of this model, got missing tensors: w0, w1, w2, w3, w4, w5, w6, w7, and 3 more " +
          "(was it written for another configuration?)",
      ),
    );
  });

  it("does not take inherited properties for names", () => {
    expect(() => expectSameNames({}, { toString: [1] }, "x")).toThrow("missing tensors: toString");
    expect(() => expectSameNames({ toString: array(1) }, {}, "x")).toThrow(
      "unknown tensors: toString",
    );
  });
});
