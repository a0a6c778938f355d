/** Labelled intervals to the sequences that lie on them, each class from its own genome or transcripts. */

import type { StrandedInterval } from "../../genome/interval.ts";
import type { ListedInterval } from "./labelled-interval.ts";
import type { LabelledSequences } from "./labelled-sequence.ts";
import { type LabelledRow, makeLabelledSequences } from "./make-labelled-sequences.ts";
import type { ReferenceBases } from "./reference-bases.ts";

interface IntervalSource {
  /** What messages call the sequences. */
  readonly name: string;
  readonly classes: readonly string[];
  /** Before CLASS/ID. */
  readonly idPrefix?: string;
  readonly onInterval?: (done: number) => Promise<void> | void;
}

/**
 * Returns the sequences of intervals, in their order; they keep the contigs' names that the intervals have.
 *
 * @param basesOf by class
 */
export async function sequencesOfIntervals(
  intervals: readonly ListedInterval[],
  basesOf: ReadonlyMap<string, ReferenceBases>,
  { name, classes, idPrefix = "", onInterval = () => {} }: IntervalSource,
): Promise<LabelledSequences> {
  const rows: LabelledRow[] = new Array(intervals.length);
  let done = 0;
  for (const at of readingOrder(intervals, basesOf)) {
    const interval = intervals[at] as ListedInterval;
    const bases = await (basesOf.get(interval.label) as ReferenceBases).read(interval);
    const { label, contig, start, end, strand = "+" } = interval;
    const place: StrandedInterval = { contig, start, end, strand };
    rows[at] = { id: `${idPrefix}${label}/${interval.id}`, label, bases, interval: place };
    await onInterval(++done);
  }
  const placeOf = (row: number): string =>
    `${name}, ${intervals[row]?.label} ${intervals[row]?.id}`;
  return makeLabelledSequences(rows, { name, placeOf, classes });
}

/** Places in `intervals`, reference by reference, each from its front to its back: a block is decompressed once. */
function readingOrder(
  intervals: readonly ListedInterval[],
  basesOf: ReadonlyMap<string, ReferenceBases>,
): Uint32Array {
  const order = [...new Set(basesOf.values())];
  const keys = intervals.map(({ label, contig }) => {
    const bases = basesOf.get(label);
    if (bases === undefined) throw new RangeError(`internal: expected bases of class ${label}`);
    return [order.indexOf(bases), bases.placeOf(contig)] as const;
  });
  const startOf = (at: number): number => (intervals[at] as ListedInterval).start;
  return Uint32Array.from(intervals.keys()).sort((a, b) => {
    const [referenceA, contigA] = keys[a] as readonly [number, number];
    const [referenceB, contigB] = keys[b] as readonly [number, number];
    return referenceA - referenceB || contigA - contigB || startOf(a) - startOf(b);
  });
}
