/** A test set without what its training set gives away, to be reported beside the official one. */

import { ConfigError } from "../../errors.ts";
import type { IntervalLeaks } from "./interval-leaks.ts";
import type { SequenceLeaks } from "./sequence-leaks.ts";

/**
 * What is left out. `copies`: sequences that are equal to a training sequence on either strand, by their bases or their
 * intervals, whichever is known. `half-covered`: those, and intervals of which one training interval covers half or more.
 * `shared-64-mer`: copies, and sequences that share 64 bases in a row with a training sequence on either strand.
 */
export type DeduplicateRule = "copies" | "half-covered" | "shared-64-mer";

/** What is known of the test sequences, in their order; sequences or intervals may be unknown. */
export interface TestLeaks {
  readonly sequences?: SequenceLeaks | undefined;
  readonly intervals?: IntervalLeaks | undefined;
}

/**
 * Returns the indices of the test sequences that `rule` leaves, ascending.
 *
 * @throws {ConfigError} when what the rule looks at is not known
 */
export function deduplicateTest(
  { sequences, intervals }: TestLeaks,
  rule: DeduplicateRule,
): Uint32Array {
  const flags = [sequences?.isCopy, intervals?.isCopy];
  switch (rule) {
    case "copies":
      if (sequences === undefined && intervals === undefined) refuse(rule, "bases or intervals");
      break;
    case "half-covered":
      if (intervals === undefined) refuse(rule, "intervals");
      flags.push(intervals?.isHalfCovered);
      break;
    case "shared-64-mer":
      if (sequences === undefined) refuse(rule, "bases");
      flags.push(sequences?.sharesBases);
      break;
    default:
      rule satisfies never;
  }
  const known = flags.filter((flag) => flag !== undefined);
  const count = known[0]?.length ?? 0;
  if (known.some((flag) => flag.length !== count)) {
    throw new RangeError("internal: expected as many sequences as intervals of the test set");
  }
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  return all.filter((i) => known.every((flag) => flag[i] === 0));
}

function refuse(rule: DeduplicateRule, what: string): never {
  throw new ConfigError(
    `the rule ${rule} expected the ${what} of the test and training sequences, which this set does not have: choose another rule`,
  );
}
