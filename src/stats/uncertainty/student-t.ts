/** Student's t distribution, by its incomplete beta function. */

import { incompleteBeta } from "./incomplete-beta.ts";

/** The probability of a value above `t` ≥ 0, with `freedom` > 0 degrees of freedom. */
export function studentTail(t: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
}

/** The t ≥ 0 that is exceeded with probability `tail`, which lies in (0, 0.5]: by bisection, to the last bits. */
export function studentQuantile(tail: number, freedom: number): number {
  let high = 1;
  while (studentTail(high, freedom) > tail) high *= 2;
  let low = 0;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentTail(middle, freedom) > tail) low = middle;
    else high = middle;
  }
}
