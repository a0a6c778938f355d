/** Operations of convolutional networks beside PyTorch's own (torch_convolution.py): values and gradients. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { batchNorm, batchNormWith, runningStatistics } from "../../src/ops/batch-norm.ts";
import { conv1d } from "../../src/ops/conv1d.ts";
import { maxPool1d } from "../../src/ops/max-pool-1d.ts";
import { lossAndGrads } from "../../src/tensor/backward.ts";
import { type ParamTree, paramsToArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { ALL_BACKENDS, filled, maxDifference, useBackend } from "../support/backend.ts";
import { hasPythonModule, runPython } from "../support/oracles.ts";

interface Result {
  readonly value: number[];
  readonly grads: Record<string, number[]>;
}

type Reference = Record<string, Result> & {
  readonly running: { readonly mean: number[]; readonly variance: number[] };
};

type T1 = tf.Tensor1D;
type T3 = tf.Tensor3D;

const SHAPES = { x: [4, 13, 3], weight: [5, 3, 4], bias: [5], gain: [3], shift: [3] };

/** Positions repeat in pairs, so that pools meet equal values. */
function makeArgs(): ParamTree {
  const args = Object.entries(SHAPES).map(([name, shape], i) => [name, filled(shape, i)] as const);
  const tree: ParamTree = Object.fromEntries(args);
  const x = tree.x as T3;
  const paired = tf.concat([x.slice([0, 0, 0], [2, 13, 3]), tf.fill([2, 13, 3], 0.5)]);
  return { ...tree, x: paired };
}

const known = () => ({ mean: tf.fill([3], 0.25) as T1, variance: tf.fill([3], 2) as T1 });
const next = (x: T3, gain: T1, shift: T1) =>
  runningStatistics(known(), batchNorm(x, gain, shift).statistics, 4 * 13);

const OPERATIONS: Readonly<Record<string, (args: ParamTree) => tf.Tensor>> = {
  "conv1d valid": ({ x, weight, bias }) => conv1d(x as T3, weight as T3, bias as T1),
  "conv1d same": ({ x, weight, bias }) => conv1d(x as T3, weight as T3, bias as T1, "same"),
  maxPool1d: ({ x }) => maxPool1d(x as T3, 2),
  batchNorm: ({ x, gain, shift }) => batchNorm(x as T3, gain as T1, shift as T1).y,
};

describe.runIf(hasPythonModule("torch"))("convolutional operations beside PyTorch", () => {
  let reference: Reference;

  beforeAll(async () => {
    await useBackend("cpu");
    const input = join(mkdtempSync(join(tmpdir(), "gdiff-torch-")), "input.json");
    const arrays = Object.entries(await paramsToArrays(makeArgs()));
    const plain = arrays.map(([name, { shape, data }]) => [name, { shape, data: [...data] }]);
    writeFileSync(input, JSON.stringify(Object.fromEntries(plain)));
    const program = await readFile(join(import.meta.dirname, "torch_convolution.py"), "utf8");
    reference = JSON.parse(runPython(program, [input])) as Reference;
  });

  /** Compares the value and the gradients that PyTorch gave. */
  async function expectSame(name: string, op: (args: ParamTree) => tf.Tensor): Promise<void> {
    const args = makeArgs();
    const expected = reference[name] as Result;
    const value = tf.tidy(() => op(args));
    expect(maxDifference(await value.data(), expected.value), name).toBeLessThan(1e-5);
    const wanted = Object.fromEntries(
      Object.entries(args).filter(([argument]) => argument in expected.grads),
    );
    const mix = Float32Array.from({ length: value.size }, (_, i) => Math.cos(1 + 2.3 * i));
    const { grads } = lossAndGrads(
      wanted,
      (tracked) =>
        tf.sum(tf.mul(op({ ...args, ...tracked }), tf.tensor(mix, value.shape))) as tf.Scalar,
    );
    for (const [argument, { data }] of Object.entries(await paramsToArrays(grads)))
      expect(
        maxDifference(data, expected.grads[argument] as number[]),
        `${name}: gradient of ${argument}`,
      ).toBeLessThan(3e-5);
  }

  describe.each(ALL_BACKENDS)("on %s", (backend) => {
    beforeAll(() => useBackend(backend));

    it.each(Object.keys(OPERATIONS))("%s", (name) =>
      expectSame(name, OPERATIONS[name] as (args: ParamTree) => tf.Tensor),
    );

    it("running statistics, and batch norm with them", async () => {
      const args = makeArgs();
      const { mean, variance } = next(args.x as T3, args.gain as T1, args.shift as T1);
      expect(maxDifference(await mean.data(), reference.running.mean)).toBeLessThan(1e-6);
      expect(maxDifference(await variance.data(), reference.running.variance)).toBeLessThan(1e-6);
      await expectSame("batchNormWith", ({ x, gain, shift }) =>
        batchNormWith({ mean, variance }, x as T3, gain as T1, shift as T1),
      );
    });
  });
});
