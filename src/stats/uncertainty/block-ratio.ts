/**
 * A ratio of sums over windows, such as nats per base, whose error allows for what neighbouring windows share: the windows are cut, in
 * their order, into blocks, and the error is that over blocks (Cochran, "Sampling techniques", 3rd edition, 9A: clusters).
 */

import type { Estimate } from "../mean.ts";
import { ratio } from "../ratio.ts";
import type { ConfidenceInterval } from "./confidence-interval.ts";
import { studentQuantile } from "./student-t.ts";

/** Blocks of a test, at most; of fewer windows each is its own. */
const MOST_BLOCKS = 64;

/**
 * Returns Σ y / Σ x with the standard error over blocks of neighbours; `count` is the number of blocks.
 *
 * @param y [windows] in the order of the genome
 * @param x [windows]
 * @throws {RangeError} when the lengths differ or Σ x is not positive
 */
export function blockRatio(
  y: ArrayLike<number>,
  x: ArrayLike<number>,
  mostBlocks: number = MOST_BLOCKS,
): Estimate {
  if (y.length !== x.length) {
    throw new RangeError(`internal: expected pairs, got ${y.length} and ${x.length} values`);
  }
  const blocks = Math.min(mostBlocks, x.length);
  const sums = (values: ArrayLike<number>): Float64Array => {
    const out = new Float64Array(blocks);
    for (let i = 0; i < values.length; i++) {
      const block = Math.floor((i * blocks) / values.length);
      out[block] = (out[block] as number) + (values[i] as number);
    }
    return out;
  };
  return ratio(sums(y), sums(x));
}

/** Student's interval of an estimate over blocks; undefined where there is one block. */
export function blockInterval(
  { value, standardError, count }: Estimate,
  confidence = 0.95,
): ConfidenceInterval | undefined {
  if (standardError === undefined) return undefined;
  const reach = standardError * studentQuantile((1 - confidence) / 2, count - 1);
  return { low: value - reach, high: value + reach };
}
