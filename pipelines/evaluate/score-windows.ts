/** Every window of an evaluation under the network and under the baselines. */

import { readWindow, type Window } from "../../src/data/window.ts";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import type { Genome } from "../../src/genome/genome.ts";
import type { Interval } from "../../src/genome/interval.ts";
import {
  type LikelihoodOptions,
  type WindowLikelihood,
  windowLikelihoods,
} from "../../src/score/window-likelihood.ts";
import { scoreBases, sumScores } from "../../src/stats/score-bases.ts";
import { encodeBases } from "../../src/tokens/encode.ts";
import { BACKOFF_ORDERS, type Baseline } from "./baselines.ts";

export interface ScoredWindow extends WindowLikelihood {
  readonly interval: Interval;
  /** −log p of the window under each baseline, nats, in the order of the baselines. */
  readonly baselineNats: readonly number[];
}

/**
 * Scores the windows in order, on the forward strand. A baseline sees the 12 bases to the left of a window too, so that
 * it is not worse for the cutting; the network sees its window alone.
 */
export async function* scoreWindows(
  genome: Genome,
  intervals: readonly Interval[],
  denoise: Denoise,
  baselines: readonly Baseline[],
  options: LikelihoodOptions,
): AsyncGenerator<ScoredWindow> {
  const pending = new Map<number, Omit<ScoredWindow, keyof WindowLikelihood>>();
  const inputs = async function* () {
    for (const [index, interval] of intervals.entries()) {
      const window = await readWindow(genome, interval, "+");
      pending.set(index, { interval, baselineNats: await baselineNats(genome, window, baselines) });
      yield { index, ids: window.ids, isSoftMasked: window.isSoftMasked };
    }
  };
  for await (const scored of windowLikelihoods(denoise, inputs(), options)) {
    const rest = pending.get(scored.index);
    if (rest === undefined)
      throw new RangeError(`internal: window ${scored.index} was scored twice`);
    pending.delete(scored.index);
    yield { ...scored, ...rest };
  }
}

async function baselineNats(
  genome: Genome,
  { interval, ids }: Window,
  baselines: readonly Baseline[],
): Promise<number[]> {
  const { contig, start } = interval;
  const flank = encodeBases(
    await genome.read({ contig, start: Math.max(0, start - BACKOFF_ORDERS), end: start }),
  );
  return baselines.map(({ model }) => sumScores(scoreBases(model, ids, flank.ids)).nats);
}
