/** A run of pages that one request fetches. */
export interface PageRun {
  readonly first: number;
  readonly count: number;
}

/**
 * Puts wanted pages together into runs. Pages between two wanted ones are fetched with them where they are fewer than
 * a request is worth.
 *
 * @param pages numbers of pages, in any order
 * @param maxGap pages that are fetched unasked between two wanted ones
 * @param maxCount pages of one run
 */
export function pageRuns(
  pages: Iterable<number>,
  maxGap: number,
  maxCount: number,
): readonly PageRun[] {
  const runs: { first: number; count: number }[] = [];
  for (const page of [...new Set(pages)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    const reach = last === undefined ? 0 : page - last.first + 1;
    const gap = last === undefined ? 0 : reach - last.count - 1;
    if (last !== undefined && gap <= maxGap && reach <= maxCount) last.count = reach;
    else runs.push({ first: page, count: 1 });
  }
  return runs;
}
