/** Every window of an evaluation under the network and under the baselines. */

import { encodeWindow, type Window } from "../../src/data/window.ts";
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
import { mapAhead } from "../../src/util/map-ahead.ts";
import { BACKOFF_ORDERS, type Baseline } from "./baselines.ts";

/** Windows that are read while one is scored: a server gives them at once. */
const WINDOWS_AHEAD = 8;

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
  const read = (interval: Interval): Promise<FlankedWindow> => readFlanked(genome, interval);
  const inputs = async function* () {
    let index = 0;
    for await (const { flank, window } of mapAhead(intervals, WINDOWS_AHEAD, read)) {
      const { interval, ids, isSoftMasked } = window;
      const nats = baselines.map(({ model }) => sumScores(scoreBases(model, ids, flank)).nats);
      pending.set(index, { interval, baselineNats: nats });
      yield { index, ids, isSoftMasked };
      index++;
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

interface FlankedWindow {
  readonly window: Window;
  /** Ids of the bases to the left that a baseline sees. */
  readonly flank: Uint8Array;
}

async function readFlanked(genome: Genome, interval: Interval): Promise<FlankedWindow> {
  const { contig, start, end } = interval;
  const flankBases = Math.min(start, BACKOFF_ORDERS);
  const bases = await genome.read({ contig, start: start - flankBases, end });
  return {
    window: encodeWindow(bases.subarray(flankBases), interval, "+"),
    flank: encodeBases(bases.subarray(0, flankBases)).ids,
  };
}
