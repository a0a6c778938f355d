/** The score entropy of all backends against double precision, values and gradients. */

import { beforeAll, describe, expect, it } from "vitest";
import { scoreNats } from "../../src/diffusion/sedd.ts";
import { ShapeError } from "../../src/errors.ts";
import { scoreEntropy } from "../../src/ops/score-entropy.ts";
import { tf } from "../../src/tensor/tf.ts";
import { ALL_BACKENDS, filled, useBackend } from "../support/backend.ts";

const ROWS = 11;
const X0 = Int32Array.from({ length: ROWS }, (_, row) => (row * 7) % 6); // N and MASK where the weight is 0
const WEIGHT = Float32Array.from({ length: ROWS }, (_, row) =>
  (X0[row] as number) < 4 ? 0.5 + row / 3 : 0,
);

describe.each(ALL_BACKENDS)("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  const inputs = () => ({
    outputs: tf.mul(filled([ROWS, 4]), 2) as tf.Tensor2D,
    x0: tf.tensor1d(X0, "int32"),
    weight: tf.tensor1d(WEIGHT),
  });

  it("is the weighted sum of each row's nats", async () => {
    const { outputs, x0, weight } = inputs();
    const values = Float64Array.from(await outputs.data());
    let expected = 0;
    for (const [row, id] of X0.entries())
      if (id < 4) expected += (WEIGHT[row] as number) * scoreNats(values, row, id);
    expect((await scoreEntropy(outputs, x0, weight).data())[0]).toBeCloseTo(expected, 4);
  });

  it("has the gradient ¼ e^o less one at the clean base, times the weight", async () => {
    const { outputs, x0, weight } = inputs();
    const gradient = tf.grad((o) => scoreEntropy(o as tf.Tensor2D, x0, weight))(outputs);
    const made = await gradient.data();
    for (const [i, o] of (await outputs.data()).entries()) {
      const row = Math.floor(i / 4);
      const isOwn = X0[row] === i % 4 ? 1 : 0;
      const expected = (WEIGHT[row] as number) * (Math.exp(o) / 4 - isOwn);
      expect(made[i]).toBeCloseTo(expected, 4);
    }
  });

  it("refuses ids or weights that are not one a row", () => {
    const { outputs, x0, weight } = inputs();
    const short = tf.tensor1d([1]);
    expect(() => scoreEntropy(outputs, x0, short)).toThrow(ShapeError);
    expect(() => scoreEntropy(outputs, tf.tensor1d([1], "int32"), weight)).toThrow(ShapeError);
  });
});
