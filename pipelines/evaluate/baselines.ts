/** The models without a network that a denoiser has to beat, made from the run's own training and validation bases. */

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
/** Training bases counted; of more, every interval gives its first part. About a minute of counting. */
const MAX_COUNTED_BASES = 2 ** 28;

/**
 * Counts the training intervals over both strands and returns: uniform, Markov of orders 0 … 8 with a pseudo-count of
 * one half, and, where there is a validation split to fit it on, the interpolated back-off of orders 0 … 12.
 */
export async function contextBaselines(
  genome: Genome,
  train: readonly Interval[],
  valid: readonly Interval[],
): Promise<Baselines> {
  const total = train.reduce((sum, interval) => sum + intervalLength(interval), 0);
  const share = Math.min(1, MAX_COUNTED_BASES / total);
  const counter = new ContextCounter(BACKOFF_ORDERS);
  for (const interval of train) await feed(genome, shorten(interval, share), counter);
  const counts = counter.finish();
  const baselines: Baseline[] = [{ name: "uniform", model: uniformModel }];
  for (let order = 0; order <= MARKOV_ORDERS; order++) {
    baselines.push({ name: `Markov order ${order}`, model: markovModel(counts, order) });
  }
  const notices =
    share < 1
      ? [
          `baselines count ${formatCount(MAX_COUNTED_BASES)} of ${formatCount(total)} training bases`,
        ]
      : [];
  if (valid.length === 0) {
    return {
      baselines,
      notices: [...notices, "no back-off baseline: the run has no valid split to fit it on"],
    };
  }
  const evidence = new BackoffEvidence(counts);
  for (const interval of valid) await feed(genome, interval, evidence);
  const model = backoffModel(counts, fitBackoff(evidence.byOrder()));
  return {
    baselines: [...baselines, { name: `back-off of orders 0–${BACKOFF_ORDERS}`, model }],
    notices,
  };
}

/** Feeds one interval piece by piece. */
async function feed(
  genome: Genome,
  { contig, start, end }: Interval,
  sink: { add(ids: Uint8Array): void; endContig(): void },
): Promise<void> {
  for (let at = start; at < end; at += PIECE) {
    sink.add(
      encodeBases(await genome.read({ contig, start: at, end: Math.min(end, at + PIECE) })).ids,
    );
  }
  sink.endContig();
}

function shorten(interval: Interval, share: number): Interval {
  return { ...interval, end: interval.start + Math.floor(intervalLength(interval) * share) };
}
