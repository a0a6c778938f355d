/**
 * Returns the first of the indices 0 … count − 1 whose value is above `limit`, `count` where none is.
 *
 * @param valueAt must not fall from one index to the next
 */
export function firstAbove(
  count: number,
  valueAt: (index: number) => number,
  limit: number,
): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(middle) > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
