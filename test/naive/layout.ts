/** Sums and transposition by walking every index. */

/** Index along each axis of the element at a row-major place. */
function indexOf(place: number, shape: readonly number[]): number[] {
  const index = shape.map(() => 0);
  let rest = place;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = rest % (shape[axis] as number);
    rest = Math.floor(rest / (shape[axis] as number));
  }
  return index;
}

function placeOf(index: readonly number[], shape: readonly number[]): number {
  return index.reduce((place, i, axis) => place * (shape[axis] as number) + i, 0);
}

/** Sums along one axis, row-major. */
export function naiveReduceSum(
  x: ArrayLike<number>,
  shape: readonly number[],
  axis: number,
): number[] {
  const without = <T>(list: readonly T[]): T[] => list.filter((_, i) => i !== axis);
  const left = without(shape);
  const sums = new Array<number>(left.reduce((p, n) => p * n, 1)).fill(0);
  for (let i = 0; i < x.length; i++) {
    const to = placeOf(without(indexOf(i, shape)), left);
    sums[to] = (sums[to] as number) + (x[i] as number);
  }
  return sums;
}

/** Axis i of the result is axis permutation[i] of x. */
export function naiveTranspose(
  x: Float32Array,
  shape: readonly number[],
  permutation: readonly number[],
): Float32Array {
  const moved = permutation.map((axis) => shape[axis] as number);
  const out = new Float32Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const index = indexOf(i, shape);
    const to = permutation.map((axis) => index[axis] as number);
    out[placeOf(to, moved)] = x[i] as number;
  }
  return out;
}
