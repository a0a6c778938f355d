/** How much of labelled intervals a model has seen before it was tuned. */

import { type Interval, intervalLength } from "../../genome/interval.ts";
import { firstAbove } from "../../util/first-above.ts";
import { mergeIntervals } from "../splits.ts";

/**
 * Returns for each interval the share of its bases, 0 … 1, that lie in `regions`, which may overlap; an empty interval has 0.
 * Strands are not looked at, since a model is often trained on both. Contigs are compared by name.
 */
export function insidePretraining(
  intervals: readonly Interval[],
  regions: readonly Interval[],
): Float64Array {
  const byContig = new Map<string, Interval[]>();
  for (const region of mergeIntervals(regions)) {
    const list = byContig.get(region.contig) ?? [];
    byContig.set(region.contig, list);
    list.push(region);
  }
  return Float64Array.from(intervals, (interval) => {
    const { contig, start, end } = interval;
    const merged = byContig.get(contig) ?? [];
    let inside = 0;
    let i = firstAbove(merged.length, (at) => (merged[at] as Interval).end, start);
    for (let region = merged[i]; region !== undefined && region.start < end; region = merged[++i]) {
      inside += Math.min(end, region.end) - Math.max(start, region.start);
    }
    return inside === 0 ? 0 : inside / intervalLength(interval);
  });
}
