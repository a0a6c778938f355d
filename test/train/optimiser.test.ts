import { describe, expect, it } from "vitest";
import { ShapeError } from "../../src/errors.ts";
import { paramsToArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { treeNorm, update } from "../../src/train/optimiser.ts";
import { disposeState, initialState, type TrainState } from "../../src/train/train-state.ts";
import { naiveAdamW } from "../naive/adamw.ts";
import { BACKENDS, useBackend } from "../support/backend.ts";

const OPTIONS = {
  beta1: 0.9,
  beta2: 0.95,
  weightDecay: 0.1,
  isDecayed: (name: string) => name === "w",
  clip: 1,
  emaDecay: 0.9,
};

const start = (): TrainState =>
  initialState({
    w: { shape: [2], data: Float32Array.of(1, -2) },
    b: { shape: [1], data: Float32Array.of(0.5) },
  });

/** Updates with the gradients w (0.3, 0.4), b (1.2), whose norm is 1.3. */
async function steps(count: number, clip = 1): Promise<TrainState> {
  const grads = { w: tf.tensor1d([0.3, 0.4]), b: tf.tensor1d([1.2]) };
  let state = start();
  for (let i = 0; i < count; i++) {
    const gradient = { grads, norm: 1.3, divisor: 1 };
    ({ state } = await update(state, gradient, 0.01, { ...OPTIONS, clip }));
  }
  tf.dispose(grads);
  return state;
}

describe.each(BACKENDS)("update on %s", (backend) => {
  it("moves each parameter as AdamW of its clipped gradient, decays only what decays", async () => {
    await useBackend(backend);
    for (const clip of [1, 100]) {
      const state = await steps(3, clip);
      const arrays = await paramsToArrays(state.params);
      const gradientScale = Math.min(1, clip / 1.3);
      for (const [name, i, begin, grad] of [
        ["w", 0, 1, 0.3],
        ["w", 1, -2, 0.4],
        ["b", 0, 0.5, 1.2],
      ] as const) {
        let [p, mu, nu]: readonly [number, number, number] = [begin, 0, 0];
        for (let count = 1; count <= 3; count++)
          [p, mu, nu] = naiveAdamW(p, grad, mu, nu, {
            learningRate: 0.01,
            beta1: 0.9,
            beta2: 0.95,
            weightDecay: name === "w" ? 0.1 : 0,
            count,
            gradientScale,
          });
        expect(arrays[name]?.data[i], `${name}[${i}] clip ${clip}`).toBeCloseTo(p, 6);
      }
      expect(state.step).toBe(3);
      disposeState(state);
    }
  });

  it("averages with a decay of (1 + n) / (10 + n) at first, and never above the largest", async () => {
    await useBackend(backend);
    let state = start();
    const grads = { w: tf.tensor1d([1, 1]), b: tf.tensor1d([1]) };
    let average = 0.5;
    for (let n = 0; n < 100; n++) {
      ({ state } = await update(state, { grads, norm: 1, divisor: 1 }, 0.01, OPTIONS));
      const [value = 0] = (await paramsToArrays(state.params)).b?.data ?? [];
      const decay = n < 80 ? (1 + n) / (10 + n) : 0.9; // 81/90 = 0.9
      average = decay * average + (1 - decay) * value;
      expect((await paramsToArrays(state.ema)).b?.data[0], `step ${n}`).toBeCloseTo(average, 5);
    }
    disposeState(state);
    tf.dispose(grads);
  });

  it("consumes the old state, leaves the gradients, and gives the norm of the new parameters", async () => {
    await useBackend(backend);
    const state = start();
    const grads = { w: tf.tensor1d([3, 4]), b: tf.tensor1d([0]) };
    expect(await treeNorm(grads)).toBe(5);
    const { numTensors } = tf.memory();
    const next = await update(state, { grads, norm: 5, divisor: 1 }, 0.1, OPTIONS);
    expect(tf.memory().numTensors).toBe(numTensors);
    for (const tree of [state.params, state.mu, state.nu, state.ema])
      for (const tensor of Object.values(tree)) expect(tensor.isDisposed).toBe(true);
    expect(next.parameterNorm).toBeCloseTo(await treeNorm(next.state.params), 6);
    expect([...(await grads.w.data())]).toEqual([3, 4]);
    disposeState(next.state);
    tf.dispose(grads);
  });

  it("gives a norm that is not finite when one parameter is not", async () => {
    await useBackend(backend);
    const grads = { w: tf.tensor1d([0, 0]), b: tf.tensor1d([Number.NaN]) };
    const next = await update(start(), { grads, norm: 1, divisor: 1 }, 0.1, OPTIONS);
    expect(next.parameterNorm).toBeNaN();
    disposeState(next.state);
    tf.dispose(grads);
  });

  it("refuses gradients that lack a name, and the state is as it was", async () => {
    await useBackend(backend);
    const state = start();
    const grads = { w: tf.tensor1d([3, 4]) };
    await expect(update(state, { grads, norm: 5, divisor: 1 }, 0.1, OPTIONS)).rejects.toThrow(
      new ShapeError("expected a parameter named b, got none"),
    );
    expect([...((await paramsToArrays(state.params)).w?.data ?? [])]).toEqual([1, -2]);
    disposeState(state);
    tf.dispose(grads);
  });

  it("leaks nothing when it fails half-way, and the state is gone", async () => {
    await useBackend(backend);
    const { numTensors } = tf.memory();
    const state = start();
    const grads = { w: tf.tensor1d([3, 4]), b: tf.tensor1d([1, 2]) };
    await expect(update(state, { grads, norm: 5, divisor: 1 }, 0.1, OPTIONS)).rejects.toThrow(
      new ShapeError("adamW: expected grad to be [1] like param, got [2]"),
    );
    tf.dispose(grads);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(state.params.w?.isDisposed).toBe(true);
  });
});
