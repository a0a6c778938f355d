/** Wilson's interval of a share (Wilson, J. Am. Stat. Assoc. 22, 1927), which stays within 0 … 1 for few trials too. */

import type { ConfidenceInterval } from "./confidence-interval.ts";

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959963984540054;

/** The 95 % interval of a share of `hits` in `count` > 0 independent trials. */
export function wilsonInterval(hits: number, count: number): ConfidenceInterval {
  const square = Z * Z;
  const share = hits / count;
  const centre = share + square / (2 * count);
  const reach = Z * Math.sqrt((share * (1 - share)) / count + square / (4 * count * count));
  const scale = 1 + square / count;
  return {
    low: hits === 0 ? 0 : (centre - reach) / scale,
    high: hits === count ? 1 : (centre + reach) / scale,
  };
}
