import { describe, expect, it } from "vitest";
import { ShapeError } from "../../src/errors.ts";
import { lossAndGrads } from "../../src/tensor/backward.ts";
import {
  disposeParams,
  mapParams,
  param,
  paramsFromArrays,
  paramsToArrays,
} from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { BACKENDS, useBackend } from "../support/backend.ts";

const ARRAYS = {
  b: { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
  a: { shape: [1], data: Float32Array.of(-1) },
};

describe.each(BACKENDS)("a tree of parameters on %s", (backend) => {
  it("is made of arrays and copied out again, independent of both", async () => {
    await useBackend(backend);
    const given = structuredClone(ARRAYS);
    const params = paramsFromArrays(given);
    given.b.data.fill(9);
    const arrays = await paramsToArrays(params);
    expect(arrays).toEqual(ARRAYS);
    arrays.b?.data.fill(9);
    expect(await paramsToArrays(params)).toEqual(ARRAYS);
    disposeParams(params);
  });

  it("is mapped name by name in its order", async () => {
    await useBackend(backend);
    const params = paramsFromArrays(ARRAYS);
    const seen: string[] = [];
    const doubled = mapParams(params, (tensor, name) => {
      seen.push(name);
      return tf.mul(tensor, 2);
    });
    expect(seen).toEqual(["b", "a"]);
    expect([...((await paramsToArrays(doubled)).b?.data ?? [])]).toEqual([2, 4, 6, 8]);
    disposeParams(params);
    disposeParams(doubled);
  });

  it("gives gradients by name, and leaves only them and the loss", async () => {
    await useBackend(backend);
    const params = paramsFromArrays(ARRAYS);
    const { numTensors } = tf.memory();
    const { loss, grads } = lossAndGrads(params, (tree) =>
      tf.tidy(() =>
        tf.add(tf.sum(tf.square(param(tree, "b"))), tf.sum(tf.mul(param(tree, "a"), 7))),
      ),
    );
    expect(tf.memory().numTensors).toBe(numTensors + 3);
    expect((await loss.data())[0]).toBe(23);
    const arrays = await paramsToArrays(grads);
    expect([...(arrays.b?.data ?? [])]).toEqual([2, 4, 6, 8]);
    expect([...(arrays.a?.data ?? [])]).toEqual([7]);
    loss.dispose();
    disposeParams(grads);
    disposeParams(params);
    expect(tf.memory().numTensors).toBe(numTensors - 2);
  });
});

it("param refuses a name that the tree has not", () => {
  expect(() => param({}, "head.bias")).toThrow(
    new ShapeError("expected a parameter named head.bias, got none"),
  );
});
