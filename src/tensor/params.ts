/**
 * Named parameters. A tree is a flat record whose keys are the names on disk (`blocks.0.qkv.weight`);
 * optimiser moments and the exponential average are trees of the same names.
 */

import { ShapeError } from "../errors.ts";
import type { NamedArrays } from "./named-arrays.ts";
import { tf } from "./tf.ts";

export type ParamTree = Readonly<Record<string, tf.Tensor>>;

/** Applies `fn` to each parameter; the result has the same names in the same order. */
export function mapParams(
  params: ParamTree,
  fn: (tensor: tf.Tensor, name: string) => tf.Tensor,
): ParamTree {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, fn(value, name)]));
}

/** Returns the parameter `name`. */
export function param(params: ParamTree, name: string): tf.Tensor {
  const found = params[name];
  if (found === undefined) throw new ShapeError(`expected a parameter named ${name}, got none`);
  return found;
}

/** Disposes every tensor of the tree. */
export function disposeParams(params: ParamTree): void {
  for (const tensor of Object.values(params)) tensor.dispose();
}

/** Makes tensors of arrays; the caller disposes them. */
export function paramsFromArrays(arrays: NamedArrays): ParamTree {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]) => [
      name,
      tf.tensor(data.slice(), [...shape], "float32"),
    ]),
  );
}

/** Copies a tree out of the backend. */
export async function paramsToArrays(params: ParamTree): Promise<NamedArrays> {
  const entries = Object.entries(params).map(async ([name, tensor]) => {
    const data = (await tensor.data()) as Float32Array;
    return [name, { shape: tensor.shape.slice(), data: data.slice() }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
