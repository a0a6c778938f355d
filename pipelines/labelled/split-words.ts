/** How parts were drawn out of a set, in words for a report. */

import { percent } from "../../src/report/numbers.ts";
import type { SplitGroups } from "./labelled-parts.ts";

export interface DrawnShares {
  /** Shares of the given sequences; undefined or 0 is not drawn. */
  readonly validShare: number | undefined;
  readonly testShare: number | undefined;
  readonly groups: SplitGroups;
}

/** `10 % for validation and 10 % for the test, drawn by seed 1, sequences by class`; nothing where nothing was drawn. */
export function splitWords(
  { validShare = 0, testShare = 0, groups }: DrawnShares,
  by: string,
): string | undefined {
  const shares = [[validShare, "validation"] as const, [testShare, "the test"] as const].flatMap(
    ([share, what]) => (share === 0 ? [] : [`${percent(share, 0)} for ${what}`]),
  );
  if (shares.length === 0) return undefined;
  return `${shares.join(" and ")}, drawn ${by}, ${DRAWN[groups]} by class`;
}

const DRAWN: Readonly<Record<SplitGroups, string>> = {
  none: "sequences",
  overlap: "whole groups of overlapping sequences",
  named: "whole groups that the data name",
};
