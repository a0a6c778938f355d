/** Contexts of a genome's intervals, counted piece by piece. */

import type { Genome } from "../src/genome/genome.ts";
import { type Interval, intervalLength } from "../src/genome/interval.ts";
import { ContextCounter, type ContextCounts } from "../src/stats/context-counts.ts";
import { encodeBases } from "../src/tokens/encode.ts";
import { formatCount } from "../src/util/format.ts";

/** Bases read at a time. */
const PIECE = 2 ** 20;
/** Most bases that are counted; of more, evenly spread pieces are. */
const MAX_COUNTED_BASES = 2 ** 28;

export interface CountedContexts {
  readonly counts: ContextCounts;
  readonly notices: readonly string[];
}

/**
 * Counts what follows contexts of 0 … `maxOrder` bases over both strands of the intervals.
 *
 * @param turn called once a piece; a promise that rejects ends the counting
 */
export async function countContexts(
  genome: Genome,
  intervals: readonly Interval[],
  maxOrder: number,
  turn: () => Promise<void>,
): Promise<CountedContexts> {
  const total = intervals.reduce((sum, interval) => sum + intervalLength(interval), 0);
  const stride = Math.max(1, Math.ceil(total / MAX_COUNTED_BASES));
  const counter = new ContextCounter(maxOrder);
  await feedContexts(genome, intervals, stride, counter, turn);
  const notices =
    stride === 1
      ? []
      : [`baselines count one in ${stride} stretches of ${formatCount(PIECE)} training bases`];
  return { counts: counter.finish(), notices };
}

/** Feeds every `stride`-th piece of the intervals; a context goes on from piece to piece where none is left out. */
export async function feedContexts(
  genome: Genome,
  intervals: readonly Interval[],
  stride: number,
  sink: { add(ids: Uint8Array): void; endContig(): void },
  turn: () => Promise<void>,
): Promise<void> {
  let piece = 0;
  for (const { contig, start, end } of intervals) {
    for (let at = start; at < end; at += PIECE, piece++) {
      if (piece % stride !== 0) continue;
      await turn();
      const bases = await genome.read({ contig, start: at, end: Math.min(end, at + PIECE) });
      sink.add(encodeBases(bases).ids);
      if (stride > 1) sink.endContig();
    }
    sink.endContig();
  }
}
