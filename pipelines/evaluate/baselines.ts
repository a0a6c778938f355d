/** The models without a network that a denoiser has to beat, made from the run's own training and validation bases. */

import type { Splits } from "../../src/data/splits.ts";
import type { Genome } from "../../src/genome/genome.ts";
import { type Interval, intervalLength } from "../../src/genome/interval.ts";
import { backoffModel } from "../../src/stats/backoff.ts";
import { BackoffEvidence } from "../../src/stats/backoff-evidence.ts";
import { type BaseModel, uniformModel } from "../../src/stats/base-model.ts";
import { ContextCounter } from "../../src/stats/context-counts.ts";
import { fitBackoff } from "../../src/stats/fit-backoff.ts";
import { markovModel } from "../../src/stats/markov.ts";
import { encodeBases } from "../../src/tokens/encode.ts";
import { formatCount } from "../../src/util/format.ts";

export interface Baseline {
  readonly name: string;
  readonly model: BaseModel;
}

export interface Baselines {
  readonly baselines: readonly Baseline[];
  readonly notices: readonly string[];
}

const MARKOV_ORDERS = 8;
export const BACKOFF_ORDERS = 12;
/** Bases read at a time. */
const PIECE = 2 ** 20;
/** Most training bases that are counted; of a larger genome evenly spread pieces are. */
const MAX_COUNTED_BASES = 2 ** 28;

/**
 * Counts the training intervals over both strands and returns: uniform, Markov of orders 0 … 8 with a pseudo-count of
 * one half, and, where there is a validation split to fit it on, the interpolated back-off of orders 0 … 12.
 *
 * @param turn called once a piece; a promise that rejects ends the counting
 */
export async function contextBaselines(
  genome: Genome,
  { train, valid }: Splits,
  turn: () => Promise<void>,
): Promise<Baselines> {
  const total = train.reduce((sum, interval) => sum + intervalLength(interval), 0);
  const stride = Math.max(1, Math.ceil(total / MAX_COUNTED_BASES));
  const counter = new ContextCounter(BACKOFF_ORDERS);
  await feed(genome, train, stride, counter, turn);
  const counts = counter.finish();
  const baselines: Baseline[] = [{ name: "uniform", model: uniformModel }];
  for (let order = 0; order <= MARKOV_ORDERS; order++) {
    baselines.push({ name: `Markov order ${order}`, model: markovModel(counts, order) });
  }
  const notices =
    stride === 1
      ? []
      : [`baselines count one in ${stride} stretches of ${formatCount(PIECE)} training bases`];
  if (valid.length === 0) {
    return {
      baselines,
      notices: [...notices, "no back-off baseline: the run has no valid split to fit it on"],
    };
  }
  const evidence = new BackoffEvidence(counts);
  await feed(genome, valid, 1, evidence, turn);
  const model = backoffModel(counts, fitBackoff(evidence.byOrder()));
  return {
    baselines: [...baselines, { name: `back-off of orders 0–${BACKOFF_ORDERS}`, model }],
    notices,
  };
}

/** Feeds every `stride`-th piece of the intervals; a context goes on from piece to piece where none is left out. */
async function feed(
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
