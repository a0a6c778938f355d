import { beforeAll, describe, expect, it, vi } from "vitest";
import { denoiser } from "../../src/model/denoiser.ts";
import { initDenoiser } from "../../src/model/init-denoiser.ts";
import { lossAndGrads, lossGradsAndAux } from "../../src/tensor/backward.ts";
import {
  disposeParams,
  type ParamTree,
  param,
  paramsFromArrays,
  paramsToArrays,
} from "../../src/tensor/params.ts";
import { record, releaseNodes } from "../../src/tensor/tape.ts";
import { tf } from "../../src/tensor/tf.ts";
import { BACKENDS, filled, maxDifference, useBackend } from "../support/backend.ts";
import { expectCleanEngine } from "../support/expect-clean-engine.ts";
import { randomIds } from "../support/random-ids.ts";

/** What TensorFlow.js' own pass gives, in the same form. */
function valueAndGrads(params: ParamTree, lossFn: (params: ParamTree) => tf.Scalar): ParamTree {
  const names = Object.keys(params);
  const tree = (tensors: tf.Tensor[]): ParamTree =>
    Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor]));
  const run = tf.valueAndGrads((...tensors: tf.Tensor[]) => lossFn(tree(tensors)));
  const { value, grads } = run(Object.values(params));
  value.dispose();
  return tree(grads);
}

/** A chain of `blocks` blocks of four operations around a residual sum; every block has a matrix of its own. */
function chain(params: ParamTree, x: tf.Tensor): tf.Scalar {
  let y = x as tf.Tensor2D; // each goes when the next is there; what a gradient needs is kept by the tape
  for (const weight of Object.values(params)) {
    const before = y;
    y = tf.tidy(() => tf.add(y, tf.tanh(tf.mul(tf.matMul(y, weight as tf.Tensor2D), 0.5))));
    if (before !== x) before.dispose();
  }
  return tf.mean(tf.square(y)) as tf.Scalar;
}

function chainParams(blocks: number): ParamTree {
  return Object.fromEntries(Array.from({ length: blocks }, (_, i) => [`w${i}`, filled([6, 6], i)]));
}

/** Runs `fn` and returns the most buffers that were alive after any kernel, beyond those before. */
function peakBuffers(fn: () => void): number {
  const engine = tf.engine();
  const before = tf.memory().numDataBuffers;
  let most = 0;
  const runKernel = engine.runKernel.bind(engine);
  const spy = vi.spyOn(engine, "runKernel").mockImplementation((name, inputs, attrs) => {
    const result = runKernel(name, inputs, attrs);
    most = Math.max(most, tf.memory().numDataBuffers - before);
    return result as never;
  });
  try {
    fn();
  } finally {
    spy.mockRestore();
  }
  return most;
}

describe.each(BACKENDS)("lossAndGrads on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  it("gives the denoiser the gradients of TensorFlow.js' own pass, and no tensor leaks", async () => {
    const config = { width: 16, layers: 2, heads: 2 };
    const params = paramsFromArrays(initDenoiser(config, 1));
    const ids = tf.tensor2d(Int32Array.from(randomIds(18, 5)), [2, 9], "int32");
    const loss = (tree: ParamTree): tf.Scalar =>
      tf.mean(tf.square(tf.sub(denoiser(tree, config, ids), 1))) as tf.Scalar;
    const { numTensors } = tf.memory();
    for (let i = 0; i < 3; i++) {
      const ours = lossAndGrads(params, loss);
      expect(tf.memory().numTensors).toBe(numTensors + 1 + Object.keys(params).length);
      const theirs = valueAndGrads(params, loss);
      const [a, b] = [await paramsToArrays(ours.grads), await paramsToArrays(theirs)];
      for (const [name, { data }] of Object.entries(b))
        expect(maxDifference(a[name]?.data ?? [], data), name).toBeLessThan(1e-7);
      ours.loss.dispose();
      disposeParams(ours.grads);
      disposeParams(theirs);
      expect(tf.memory().numTensors).toBe(numTensors);
    }
    expectCleanEngine();
    disposeParams(params);
    ids.dispose();
  });

  it("needs little more memory than what the forward pass keeps, however many blocks there are", () => {
    const beyondKept = [8, 32].map((blocks) => {
      const params = chainParams(blocks);
      const x = filled([5, 6], 99);
      const before = tf.memory().numDataBuffers;
      const { value, nodes } = record(() => chain(params, x));
      const kept = tf.memory().numDataBuffers - before;
      releaseNodes(nodes);
      value.dispose();
      expect(kept).toBeGreaterThan(blocks);
      const peak = peakBuffers(() => {
        const { loss, grads } = lossAndGrads(params, (tree) => chain(tree, x));
        loss.dispose();
        disposeParams(grads);
      });
      const own = peakBuffers(() => disposeParams(valueAndGrads(params, (tree) => chain(tree, x))));
      expect(own - peak).toBeGreaterThan(3 * blocks); // what the pass is there for
      disposeParams(params);
      x.dispose();
      return peak - kept;
    });
    expect(beyondKept[0]).toBeLessThanOrEqual(12);
    expect(beyondKept[1]).toBe(beyondKept[0]);
  });

  it("adds the gradients of a tensor's uses, and of a tensor used twice at once", async () => {
    const x = tf.tensor1d([1, -2, 3]);
    const { loss, grads } = lossAndGrads({ x }, () => {
      const twice = tf.mul(x, x); // x²
      return tf.sum(tf.add(tf.mul(twice, x), tf.addN([x, x, twice]))) as tf.Scalar; // x³ + 2x + x²
    });
    expect((await loss.data())[0]).toBe(1 - 8 + 27 + 4 + 14);
    expect([...((await grads.x?.data()) ?? [])]).toEqual([7, 10, 35]); // 3x² + 2 + 2x
    tf.dispose([x, loss, grads.x as tf.Tensor]);
  });

  it("hands over what a function tells besides its loss, and frees it where the function fails", async () => {
    const x = tf.tensor1d([1, 2]);
    const { numTensors } = tf.memory();
    const forward = (tree: ParamTree) => {
      const squares = tf.square(param(tree, "x"));
      return { loss: tf.sum(squares) as tf.Scalar, aux: { twice: tf.mul(squares, 2), squares } };
    };
    const { loss, grads, aux } = lossGradsAndAux({ x }, forward);
    expect(tf.memory().numTensors).toBe(numTensors + 4);
    expect([...(await param(aux, "twice").data())]).toEqual([2, 8]);
    expect([...(await param(aux, "squares").data())]).toEqual([1, 4]);
    expect([...(await param(grads, "x").data())]).toEqual([2, 4]);
    tf.dispose([loss, ...Object.values(grads), ...Object.values(aux)]);
    const unrelated = () => ({ ...forward({ x }), loss: tf.scalar(1) });
    expect(() => lossGradsAndAux({ x }, unrelated)).toThrow("expected operations that lead");
    expect(tf.memory().numTensors).toBe(numTensors);
    x.dispose();
  });

  it("follows outputs of which only some are used, and views of the same memory", async () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const { loss, grads } = lossAndGrads({ x }, () => {
      const [first, , last] = tf.split(x, 3, 0) as [tf.Tensor, tf.Tensor, tf.Tensor];
      const flat = tf.reshape(tf.clone(last), [2]);
      return tf.sum(tf.mul(tf.reshape(first, [2]), flat)) as tf.Scalar;
    });
    expect([...((await grads.x?.data()) ?? [])]).toEqual([5, 6, 0, 0, 1, 2]);
    expect([...(await x.data())]).toEqual([1, 2, 3, 4, 5, 6]);
    tf.dispose([x, loss, grads.x as tf.Tensor]);
  });

  it("adds to sums that it takes over, in micro-batches as at once", async () => {
    const params = chainParams(3);
    const parts = [filled([5, 6], 7), filled([5, 6], 8), filled([5, 6], 9)];
    const { numTensors } = tf.memory();
    let sums: ParamTree | undefined;
    for (const x of parts) {
      const { loss, grads } = lossAndGrads(params, (tree) => chain(tree, x), sums);
      loss.dispose();
      sums = grads;
      expect(tf.memory().numTensors).toBe(numTensors + 3);
    }
    const expected = valueAndGrads(params, (tree) =>
      tf.addN(parts.map((x) => chain(tree, x))).asScalar(),
    );
    const [a, b] = [await paramsToArrays(sums ?? {}), await paramsToArrays(expected)];
    for (const [name, { data }] of Object.entries(b))
      expect(maxDifference(a[name]?.data ?? [], data), name).toBeLessThan(1e-6);
    disposeParams(sums ?? {});
    disposeParams(expected);
    disposeParams(params);
    tf.dispose(parts);
  });

  it("lets a gradient take gradients, so that values are computed again instead of kept", async () => {
    const x = tf.tensor1d([0.5, -1, 2]);
    const inner = (value: tf.Tensor): tf.Tensor => tf.tanh(tf.square(value));
    const recomputed = tf.customGrad((value) => ({
      value: inner(value as tf.Tensor),
      gradFunc: (dy) => {
        const again = lossAndGrads({ value: x }, (tree) => {
          return tf.sum(tf.mul(inner(param(tree, "value")), dy as tf.Tensor)) as tf.Scalar;
        });
        return again.grads.value as tf.Tensor;
      },
    }));
    const { loss, grads } = lossAndGrads(
      { x },
      () => tf.sum(tf.mul(recomputed(x), 3)) as tf.Scalar,
    );
    const direct = valueAndGrads({ x }, () => tf.sum(tf.mul(inner(x), 3)) as tf.Scalar);
    expect(await grads.x?.data()).toEqual(await direct.x?.data());
    tf.dispose([x, loss, grads.x as tf.Tensor, direct.x as tf.Tensor]);
  });

  it("copies what a gradient function does not own: dy itself, or one tensor for two inputs", async () => {
    const [a, b] = [tf.tensor1d([1, 2]), tf.tensor1d([3, 4])];
    const { numTensors } = tf.memory();
    const sum = tf.customGrad((x, y) => ({
      value: tf.add(x as tf.Tensor, y as tf.Tensor),
      gradFunc: (dy) => [dy as tf.Tensor, dy as tf.Tensor],
    }));
    const { loss, grads } = lossAndGrads({ a, b }, () => tf.sum(sum(sum(a, b), a)) as tf.Scalar);
    expect([...((await grads.a?.data()) ?? [])]).toEqual([2, 2]);
    expect([...((await grads.b?.data()) ?? [])]).toEqual([1, 1]);
    expect(tf.memory().numTensors).toBe(numTensors + 3);
    tf.dispose([a, b, loss, grads.a as tf.Tensor, grads.b as tf.Tensor]);
  });
});
