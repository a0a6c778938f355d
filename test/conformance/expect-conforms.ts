/** Holds one operation on the backend in use against plain float64 loops, its gradients against their differences. */

import { expect } from "vitest";
import { lossAndGrads } from "../../src/tensor/backward.ts";
import { disposeParams, type ParamTree, paramsToArrays } from "../../src/tensor/params.ts";
import { tf } from "../../src/tensor/tf.ts";
import { centralDifferences } from "../naive/central-differences.ts";
import type { NaiveParams } from "../naive/denoiser.ts";
import { filled } from "../support/backend.ts";

/** One operation: its differentiable arguments, what the backend computes and what the loops do. */
export interface Case {
  readonly shapes: Readonly<Record<string, number[]>>;
  readonly onBackend: (args: ParamTree) => tf.Tensor;
  readonly naive: (args: NaiveParams) => ArrayLike<number>;
}

/** The argument of that name. */
export const at = (args: NaiveParams, name: string): ArrayLike<number> =>
  args[name] as ArrayLike<number>;

/** float32 of values near 1, sums of up to some hundred terms: 1e-5 of the value and 2e-6 beside it. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  name: string,
): void {
  expect(actual.length, name).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i] as number;
    const error = Math.abs((actual[i] as number) - wanted);
    expect(error, `${name}[${i}] of ${wanted}`).toBeLessThan(2e-6 + 1e-5 * Math.abs(wanted));
  }
}

/** Weights that make a scalar of an output: every element counts, none like another. */
function mixWeights(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => Math.fround(Math.cos(1 + 2.3 * i)));
}

function mix(values: ArrayLike<number>): number {
  const weights = mixWeights(values.length);
  return weights.reduce((sum, weight, i) => sum + weight * (values[i] as number), 0);
}

function makeArgs(shapes: Case["shapes"]): ParamTree {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape], i) => [name, filled(shape, i)]),
  );
}

export async function plainNumbers(tree: ParamTree): Promise<NaiveParams> {
  const arrays = await paramsToArrays(tree);
  return Object.fromEntries(Object.entries(arrays).map(([name, { data }]) => [name, data]));
}

/** Holds the value and every gradient of one case against the loops. */
export async function expectConforms({ shapes, onBackend, naive }: Case): Promise<void> {
  const args = makeArgs(shapes);
  const numbers = await plainNumbers(args);
  const value = tf.tidy(() => onBackend(args));
  expectClose(await value.data(), naive(numbers), "value");

  const { loss, grads } = lossAndGrads(args, (tracked) =>
    tf.tidy(() => {
      const out = onBackend(tracked);
      return tf.sum(tf.mul(out, tf.tensor(Float32Array.from(mixWeights(out.size)), out.shape)));
    }),
  );
  for (const [name, grad] of Object.entries(await plainNumbers(grads))) {
    const differences = centralDifferences(
      (changed) => mix(naive({ ...numbers, [name]: changed })),
      numbers[name] as ArrayLike<number>,
    );
    expectClose(grad, differences, `gradient of ${name}`);
  }
  disposeParams(args);
  disposeParams(grads);
  tf.dispose([value, loss]);
}
