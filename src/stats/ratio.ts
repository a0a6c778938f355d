/** Ratio of two sums over windows, such as nats per scored base, with its standard error. */

import type { Estimate } from "./mean.ts";

/**
 * Returns Σ y / Σ x over independent windows; the standard error is the linearised one,
 * √(n / (n − 1) Σ (y − R x)²) / Σ x (Cochran, "Sampling techniques", 3rd edition, 6.4).
 *
 * @throws {RangeError} when the lengths differ or Σ x is not positive
 */
export function ratio(y: ArrayLike<number>, x: ArrayLike<number>): Estimate {
  if (y.length !== x.length) {
    throw new RangeError(`internal: expected pairs, got ${y.length} and ${x.length} values`);
  }
  const count = x.length;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < count; i++) {
    sumX += x[i] as number;
    sumY += y[i] as number;
  }
  if (!(sumX > 0)) throw new RangeError(`internal: expected a positive denominator, got ${sumX}`);
  const value = sumY / sumX;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += ((y[i] as number) - value * (x[i] as number)) ** 2;
  const standardError = count < 2 ? undefined : Math.sqrt((count / (count - 1)) * squares) / sumX;
  return { value, standardError, count };
}
