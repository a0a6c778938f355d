/** The one place where gradients are taken. */

import type { ParamTree } from "./params.ts";
import { tf } from "./tf.ts";

export interface LossAndGrads {
  readonly loss: tf.Scalar;
  /** Same names as the parameters. */
  readonly grads: ParamTree;
}

/**
 * Returns a scalar loss and its gradient by name; the caller disposes both.
 *
 * @param lossFn must depend on every parameter; what else it allocates is freed here
 */
export function lossAndGrads(
  params: ParamTree,
  lossFn: (params: ParamTree) => tf.Scalar,
): LossAndGrads {
  const names = Object.keys(params);
  const withNames = (tensors: readonly tf.Tensor[]): ParamTree =>
    Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor]));
  const run = tf.valueAndGrads((...tensors: tf.Tensor[]) => lossFn(withNames(tensors)));
  const { value, grads } = run(Object.values(params));
  return { loss: value as tf.Scalar, grads: withNames(grads) };
}
