/** Golden-section search (Kiefer, 1953): the maximum of a function with one peak, without derivatives. */

const RATIO = (Math.sqrt(5) - 1) / 2;

/** Returns a place in [low, high] within `tolerance` of the peak; with several peaks, one of them. */
export function goldenSection(
  value: (x: number) => number,
  low: number,
  high: number,
  tolerance: number,
): number {
  let left = high - RATIO * (high - low);
  let right = low + RATIO * (high - low);
  let atLeft = value(left);
  let atRight = value(right);
  while (high - low > tolerance) {
    if (atLeft >= atRight) {
      high = right;
      right = left;
      atRight = atLeft;
      left = high - RATIO * (high - low);
      atLeft = value(left);
    } else {
      low = left;
      left = right;
      atLeft = atRight;
      right = low + RATIO * (high - low);
      atRight = value(right);
    }
  }
  return (low + high) / 2;
}
