import { beforeAll, describe, expect, it } from "vitest";
import { BackendError, ShapeError, TrainingError } from "../../src/errors.ts";
import { lossAndGrads } from "../../src/tensor/backward.ts";
import { param } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { BACKENDS, filled, useBackend } from "../support/backend.ts";
import { expectCleanEngine } from "../support/expect-clean-engine.ts";

describe.each(BACKENDS)("lossAndGrads that fails on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  /** Runs with a parameter and sums to add to; only the parameter is left. */
  function expectFailure(lossFn: (x: tf.Tensor) => unknown, expected: Error): void {
    const before = tf.memory().numTensors;
    const x = filled([2, 2]);
    const sums = { x: tf.onesLike(x) };
    expect(() =>
      lossAndGrads({ x }, (tree) => lossFn(param(tree, "x")) as tf.Scalar, sums),
    ).toThrow(expected);
    expect(sums.x.isDisposed).toBe(true);
    expect(tf.memory().numTensors).toBe(before + 1);
    expectCleanEngine();
    x.dispose();
  }

  it("in the forward pass", () => {
    expectFailure((x) => {
      tf.tidy(() => tf.square(tf.exp(x)));
      throw new Error("forward");
    }, new Error("forward"));
  });

  it("in a gradient function, half-way through the tape", () => {
    const broken = tf.customGrad((x, save) => {
      (save as unknown as (tensors: tf.Tensor[]) => void)([x as tf.Tensor]);
      return {
        value: tf.clone(x as tf.Tensor),
        gradFunc: () => {
          tf.ones([3]);
          throw new Error("backward");
        },
      };
    });
    expectFailure((x) => tf.sum(tf.square(broken(tf.exp(x)))), new Error("backward"));
  });

  it("because an operation has no gradient", () => {
    expectFailure(
      (x) => tf.sum(tf.cumprod(tf.square(x))),
      new BackendError("expected Cumprod to have a gradient, got none registered"),
    );
  });

  it("because a gradient has another shape", () => {
    const wrong = tf.customGrad((x) => ({
      value: tf.square(x as tf.Tensor),
      gradFunc: () => tf.ones([4]),
    }));
    expectFailure(
      (x) => tf.sum(wrong(x)),
      new ShapeError(
        "expected unnamed scope's gradient of 0 to be float32 [2, 2], got float32 [4]",
      ),
    );
  });

  it("because the loss is no scalar, or not a tensor", () => {
    expectFailure(
      (x) => tf.square(x),
      new ShapeError("expected the loss to be a scalar, got [2, 2]"),
    );
    expectFailure(() => 3, new ShapeError("expected the loss to be a scalar, got number"));
  });

  it("because the loss does not depend on a parameter", () => {
    expectFailure(
      () => tf.scalar(1),
      new TrainingError(
        "expected operations that lead from every parameter to the loss, got none from x",
      ),
    );
  });

  it("because it is asked for inside a function that is being differentiated", () => {
    expectFailure(
      (x) => lossAndGrads({ x }, () => tf.sum(tf.square(x)) as tf.Scalar).loss,
      new BackendError(
        "expected gradients to be taken one at a time, got them asked for inside a function that is being differentiated",
      ),
    );
  });

  it("not at all when the loss is not a number: its gradients say so", async () => {
    const x = filled([2]);
    const { loss, grads } = lossAndGrads({ x }, () => tf.sum(tf.mul(x, Number.NaN)) as tf.Scalar);
    expect([...((await grads.x?.data()) ?? [])]).toEqual([Number.NaN, Number.NaN]);
    tf.dispose([x, loss, grads.x as tf.Tensor]);
  });
});
