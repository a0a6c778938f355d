/** Which elements a reduction brings together. */

import { tf } from "../../../tensor/tf.ts";

/** A tensor seen as [outer, count, inner], reduced along `count`. */
export interface ReducedAxes {
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
  /** Of the result. */
  readonly shape: number[];
  /** The order of axes in which the reduced ones are the last, where they do not lie side by side; inner is 1 then. */
  readonly permutation: number[] | undefined;
}

/** @param axis of TensorFlow.js: a number, a list, or nothing for all; negative ones count from the end */
export function reducedAxes(
  shape: readonly number[],
  axis: number | number[],
  keepDims: boolean,
): ReducedAxes {
  const axes = tf.util.parseAxisParam(axis, [...shape]);
  const isReduced = shape.map((_, i) => axes.includes(i));
  const left = shape.filter((_, i) => !isReduced[i]);
  const kept = shape.map((size, i) => (isReduced[i] ? 1 : size));
  const at = (i: number): number => shape[i] as number;
  const sized = shape.map((_, i) => i).filter((i) => at(i) !== 1);
  const reduced = sized.filter((i) => isReduced[i]);
  const first = reduced[0] ?? shape.length;
  const last = reduced.at(-1) ?? shape.length;
  const product = (list: readonly number[]): number => list.reduce((p, i) => p * at(i), 1);
  const before = sized.filter((i) => i < first);
  const between = sized.filter((i) => i >= first && i <= last);
  const after = sized.filter((i) => i > last);
  const result = keepDims ? kept : left;
  if (between.length === reduced.length) {
    const [outer, count, inner] = [product(before), product(reduced), product(after)];
    return { outer, count, inner, shape: result, permutation: undefined };
  }
  const others = shape.map((_, i) => i).filter((i) => !isReduced[i]);
  const permutation = [...others, ...shape.map((_, i) => i).filter((i) => isReduced[i])];
  const [outer, count] = [product(others), product(reduced)];
  return { outer, count, inner: 1, shape: result, permutation };
}
