/** Regions of a prompt that are designed anew. */

import { RegionError } from "../../../src/errors.ts";
import type { BedInterval } from "../../../src/genome/bed.ts";
import { formatCount } from "../../../src/util/format.ts";
import { nearestName } from "../../../src/util/nearest-name.ts";

/** A record of a prompt file, as read. */
export interface PromptText {
  readonly id: string;
  readonly text: string;
}

/**
 * Puts N at every base of the intervals, whose contigs are records.
 *
 * @param file of the intervals, for messages
 * @throws {RegionError} when there is no such record, or an interval ends beyond it
 */
export function maskPrompts(
  prompts: readonly PromptText[],
  intervals: readonly BedInterval[],
  file: string,
): PromptText[] {
  const lengths = new Map(prompts.map(({ id, text }) => [id, text.length]));
  for (const { contig, end } of intervals) {
    const length = lengths.get(contig);
    if (length === undefined) {
      const nearest = nearestName(contig, lengths.keys());
      throw new RegionError(
        `${file}: expected records of the prompt, got ${contig}${nearest === undefined ? "" : ` (${nearest}?)`}`,
      );
    }
    if (end > length) {
      throw new RegionError(
        `${file}: expected regions within ${contig} (${formatCount(length)} bases), got one that ends at ${formatCount(end)}`,
      );
    }
  }
  return prompts.map(({ id, text }) => {
    const letters = [...text];
    for (const { contig, start, end } of intervals)
      if (contig === id) letters.fill("N", start, end);
    return { id, text: letters.join("") };
  });
}
