/** The runs of a .2bit record in one array, for loops that take one argument faster than four. */

import type { BaseRuns, RecordRuns } from "./byte-loops.ts";

export interface JoinedRuns {
  readonly runs: RecordRuns;
  /** Bases that are N: a part of `runs`. */
  readonly unknown: BaseRuns;
  /** Lower-case bases: a part of `runs`. */
  readonly softMasked: BaseRuns;
}

/** Copies both kinds of runs into one array. */
export function joinRuns(unknown: BaseRuns, softMasked: BaseRuns): JoinedRuns {
  const unknownCount = unknown.starts.length;
  const values = new Uint32Array(2 * (unknownCount + softMasked.starts.length));
  let filled = 0;
  const put = (part: Uint32Array): Uint32Array => {
    values.set(part, filled);
    filled += part.length;
    return values.subarray(filled - part.length, filled);
  };
  return {
    unknown: { starts: put(unknown.starts), lengths: put(unknown.lengths) },
    softMasked: { starts: put(softMasked.starts), lengths: put(softMasked.lengths) },
    runs: { values, unknownCount },
  };
}
