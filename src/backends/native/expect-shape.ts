import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/named-arrays.ts";
import type { tf } from "../../tensor/tf.ts";

/**
 * Checks a kernel's input before C++ sees it; a name stands for any size. Returns the shape.
 *
 * @throws {ShapeError} naming kernel and input
 */
export function expectShape(
  kernel: string,
  name: string,
  { shape }: Pick<tf.TensorInfo, "shape">,
  expected: readonly (number | string)[],
): number[] {
  const fits =
    shape.length === expected.length &&
    expected.every((size, axis) => typeof size === "string" || size === shape[axis]);
  if (fits) return shape;
  throw new ShapeError(
    `${kernel}: expected ${name} to be [${expected.join(", ")}], got ${formatShape(shape)}`,
  );
}
