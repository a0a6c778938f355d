/** Calls for parts of a row that are filled one after another. */

import { SamplingError } from "../errors.ts";

/**
 * Returns how many of `calls` each part gets: one at least, and with as many calls as free positions one a position.
 *
 * @param free free positions of each part, 1 or more
 * @param part what a part is, for the message
 * @throws {SamplingError} when there are fewer calls than parts
 */
export function shareCalls(calls: number, free: readonly number[], part: string): number[] {
  const spare = calls - free.length;
  if (spare < 0) {
    throw new SamplingError(
      `expected at least one call a ${part}, got ${calls} calls for ${free.length}: ` +
        `give more calls, or fewer and longer ${part}s`,
    );
  }
  const total = free.reduce((sum, positions) => sum + positions - 1, 0);
  let before = 0;
  return free.map((positions) => {
    const upTo = (counted: number): number => Math.floor((spare * counted) / Math.max(1, total));
    const share = upTo(before + positions - 1) - upTo(before);
    before += positions - 1;
    return 1 + share;
  });
}
