/** SHA-256 of sets in a canonical form, so that two that hold the same have the same, whatever the order of their rows. */

import { decodeIds } from "../../tokens/encode.ts";
import { sha256Hex } from "../../util/sha256.ts";
import type { ListedInterval } from "./labelled-interval.ts";
import type { LabelledSequences } from "./labelled-sequence.ts";

/** Of the lines of class, id, contig, start, end and strand ("." where there is none), separated by tabs. */
export function intervalsDigest(intervals: readonly ListedInterval[]): string {
  return linesDigest(
    intervals.map(({ label, id, contig, start, end, strand }) =>
      [label, id, contig, start, end, strand ?? "."].join("\t"),
    ),
  );
}

/** Of the lines of class, a tab and the bases, A C G T N. */
export function sequencesDigest({ classes, sequences }: LabelledSequences): string {
  return linesDigest(sequences.map(({ ids, label }) => `${classes[label]}\t${decodeIds(ids)}`));
}

/** Sorted by code unit, each with a line feed, in UTF-8. */
function linesDigest(lines: string[]): string {
  return sha256Hex(new TextEncoder().encode(`${lines.sort().join("\n")}\n`));
}
