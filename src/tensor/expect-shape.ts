/** Sizes of what an operation is given: a backend may broadcast what does not fit, and C++ would read past it. */

import { ShapeError } from "../errors.ts";
import { formatShape } from "./named-arrays.ts";
import type { tf } from "./tf.ts";

/**
 * Checks an input of an operation or a kernel; a name stands for any size. Returns the shape.
 *
 * @throws {ShapeError} naming operation and input
 */
export function expectShape(
  operation: string,
  name: string,
  { shape }: Pick<tf.TensorInfo, "shape">,
  expected: readonly (number | string)[],
): number[] {
  const fits =
    shape.length === expected.length &&
    expected.every((size, axis) => typeof size === "string" || size === shape[axis]);
  if (fits) return shape;
  throw new ShapeError(
    `${operation}: expected ${name} to be [${expected.join(", ")}], got ${formatShape(shape)}`,
  );
}
