/** Shapes with strides, in elements, as C++ walks over them. */

/** Strides of a row-major array. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis] as number;
  }
  return strides;
}

/**
 * The shape, then the strides over it of operands a and b, 0 where one is repeated.
 *
 * @param shape what a and b broadcast to
 */
export function broadcastAxes(
  shape: readonly number[],
  a: readonly number[],
  b: readonly number[],
): Int32Array {
  const rank = shape.length;
  const axes = new Int32Array(3 * rank);
  axes.set(shape);
  for (const [i, operand] of [a, b].entries()) {
    const lacking = rank - operand.length;
    const strides = rowMajorStrides(operand);
    for (let axis = lacking; axis < rank; axis++) {
      const isRepeated = operand[axis - lacking] === 1;
      axes[(1 + i) * rank + axis] = isRepeated ? 0 : (strides[axis - lacking] as number);
    }
  }
  return axes;
}
