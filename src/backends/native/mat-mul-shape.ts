/** What the shapes of a matrix product say: sizes, and which matrices meet where batches broadcast. */

import { tf } from "../../tensor/tf.ts";

interface MatMulShape {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Which matrix of `a` enters each product; absent where it is the i-th. */
  readonly aIndex: Int32Array | undefined;
  readonly bIndex: Int32Array | undefined;
  /** Of the result, [.., m, n]. */
  readonly shape: readonly number[];
}

type Shaped = Pick<tf.TensorInfo, "shape">;

/** @throws {Error} in TensorFlow.js' words when inner sizes differ or batches do not broadcast */
export function matMulShape(
  a: Shaped,
  b: Shaped,
  transposeA: boolean,
  transposeB: boolean,
): MatMulShape {
  const [m, k] = matrix(a, transposeA);
  const [inner, n] = matrix(b, transposeB);
  const [aBatch, bBatch] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const outer = tf.broadcast_util.assertAndGetBroadcastShape(aBatch, bBatch);
  tf.util.assert(
    k === inner,
    () =>
      `Error in matMul: inner shapes (${k}) and (${inner}) of Tensors with shapes ${a.shape} and ${b.shape} and ` +
      `transposeA=${transposeA} and transposeB=${transposeB} must match.`,
  );
  const shape = [...outer, m, n];
  const batch = tf.util.sizeFromShape(outer);
  // One matrix b for all untransposed a: their rows follow one another, so it is one product.
  if (tf.util.sizeFromShape(bBatch) === 1 && !transposeA && tf.util.sizeFromShape(aBatch) === batch)
    return { batch: 1, m: batch * m, n, k, aIndex: undefined, bIndex: undefined, shape };
  const [aIndex, bIndex] = [indexOf(aBatch, outer), indexOf(bBatch, outer)];
  return { batch, m, n, k, aIndex, bIndex, shape };
}

/** [rows, columns] as a matrix enters the product. */
function matrix({ shape }: Shaped, isTransposed: boolean): [number, number] {
  const [rows, columns] = [shape.at(-2), shape.at(-1)] as [number, number]; // of a vector: no rows
  return isTransposed ? [columns, rows] : [rows, columns];
}

/** The matrix of `batch` at each place of `outer`, which it is broadcast to; undefined where none is broadcast. */
function indexOf(batch: readonly number[], outer: readonly number[]): Int32Array | undefined {
  const count = tf.util.sizeFromShape([...outer]);
  if (tf.util.sizeFromShape([...batch]) === count) return undefined;
  return Int32Array.from({ length: count }, (_, place) => {
    let index = 0;
    let rest = place;
    for (let axis = outer.length - 1, stride = 1; axis >= 0; axis--) {
      const size = batch[axis - outer.length + batch.length] ?? 1;
      const outerSize = outer[axis] as number;
      if (size > 1) index += (rest % outerSize) * stride;
      rest = Math.floor(rest / outerSize);
      stride *= size;
    }
    return index;
  });
}
