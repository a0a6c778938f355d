/** Quantiles of a sample, by straight lines between its values (type 7 of Hyndman and Fan, 1996; numpy's default). */

/**
 * @param sorted rising, at least one value
 * @param share 0 … 1
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (place - below) * (high - low);
}
