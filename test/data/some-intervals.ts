/** Intervals for property tests. */

import fc from "fast-check";
import type { Interval } from "../../src/genome/interval.ts";

/** Up to `count` on contigs a and b, which may touch, overlap and be empty. */
export function someIntervals(count: number, bases = 60): fc.Arbitrary<Interval[]> {
  return fc.array(
    fc
      .tuple(fc.constantFrom("a", "b"), fc.nat(bases), fc.nat(bases))
      .map(([contig, x, y]) => ({ contig, start: Math.min(x, y), end: Math.max(x, y) })),
    { maxLength: count },
  );
}
