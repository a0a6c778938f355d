/** The numbers of an evaluation, from its windows. All are bits per base over A, C, G, T. */

import type {
  BaselineScore,
  MaskRateScore,
  PretrainScores,
  ScoredBits,
} from "../../src/report/pretrain-record.ts";
import { natsByMaskRate } from "../../src/score/mask-rate.ts";
import type { Estimate } from "../../src/stats/mean.ts";
import { ratio } from "../../src/stats/ratio.ts";
import type { Baseline } from "./baselines.ts";
import type { ScoredWindow } from "./score-windows.ts";

/** What a report shows of an evaluation, and what else it came to. With equal windows the mean of `byMaskRate` by draws is the model's bits. */
export interface ScoreSummary extends PretrainScores {
  /** Part of the model's error that more draws would remove; absent with one draw. */
  readonly monteCarloStandardError?: number;
  /** Name of the baseline with the fewest bits. */
  readonly bestBaseline: string;
  readonly isBelowBestBaseline: boolean;
  /** Windows without a single A, C, G or T. */
  readonly skippedWindows: number;
}

/** Sums up; undefined when no window has a base. */
export function summarise(
  scored: readonly ScoredWindow[],
  baselines: readonly Baseline[],
): ScoreSummary | undefined {
  const windows = scored.filter(({ scoredBases }) => scoredBases > 0);
  if (windows.length === 0) return undefined;
  const bases = windows.map(({ scoredBases }) => scoredBases);
  const nats = windows.map((window) => window.nats);
  const softBases = windows.map(({ softMaskedBases }) => softMaskedBases);
  const softNats = windows.map(({ softMaskedNats }) => softMaskedNats);
  const softMasked = perBase(softNats, softBases);
  const notSoftMasked = perBase(minus(nats, softNats), minus(bases, softBases));
  const monteCarloStandardError = monteCarlo(windows);
  const results = baselines.map(({ name }, i) => {
    const ofBaseline = windows.map(({ baselineNats }) => baselineNats[i] as number);
    return {
      name,
      ...(perBase(ofBaseline, bases) as ScoredBits),
      modelMinusBaseline: perBase(minus(nats, ofBaseline), bases) as ScoredBits,
    };
  });
  const best = bestBaseline(results);
  return {
    model: perBase(nats, bases) as ScoredBits,
    ...(monteCarloStandardError === undefined ? {} : { monteCarloStandardError }),
    ...(softMasked === undefined ? {} : { softMasked }),
    ...(notSoftMasked === undefined ? {} : { notSoftMasked }),
    byMaskRate: byMaskRate(windows),
    baselines: results,
    bestBaseline: best.name,
    isBelowBestBaseline: best.modelMinusBaseline.bits <= 0,
    windows: windows.length,
    skippedWindows: scored.length - windows.length,
  };
}

/** The baseline with the fewest bits. */
export function bestBaseline(baselines: readonly BaselineScore[]): BaselineScore {
  return baselines.reduce((low, baseline) => (baseline.bits < low.bits ? baseline : low));
}

function perBase(nats: readonly number[], bases: readonly number[]): ScoredBits | undefined {
  const total = bases.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const { value, standardError }: Estimate = ratio(nats, bases);
  const bits = { bits: value / Math.LN2, bases: total };
  return standardError === undefined ? bits : { ...bits, standardError: standardError / Math.LN2 };
}

const MASK_RATE_BINS = 10;

function byMaskRate(windows: readonly ScoredWindow[]): MaskRateScore[] {
  return natsByMaskRate(windows, MASK_RATE_BINS).map(
    ({ from, to, nats, standardError, draws, maskedBases }) => ({
      ...{ from, to, bits: nats / Math.LN2 },
      ...(standardError === undefined ? {} : { standardError: standardError / Math.LN2 }),
      ...{ bases: maskedBases, draws },
    }),
  );
}

/** √(Σ of the windows' squared errors) a base. */
function monteCarlo(windows: readonly ScoredWindow[]): number | undefined {
  let squares = 0;
  let bases = 0;
  for (const { standardErrorNats, scoredBases } of windows) {
    if (standardErrorNats === undefined) return undefined;
    squares += standardErrorNats ** 2;
    bases += scoredBases;
  }
  return Math.sqrt(squares) / bases / Math.LN2;
}

function minus(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, i) => value - (b[i] as number));
}
