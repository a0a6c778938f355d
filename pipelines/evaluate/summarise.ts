/** The numbers of an evaluation, from its windows. All are bits per base over A, C, G, T. */

import { natsByMaskRate } from "../../src/score/mask-rate.ts";
import type { Estimate } from "../../src/stats/mean.ts";
import { ratio } from "../../src/stats/ratio.ts";
import type { Baseline } from "./baselines.ts";
import type { ScoredWindow } from "./score-windows.ts";

/** A number of bits per base with its error over windows. */
export interface BitsPerBase {
  readonly bits: number;
  /** Over windows; absent with fewer than two. */
  readonly standardError?: number;
  readonly bases: number;
}

/** The model's bits a masked base where the mask rate, masked over all bases of a window, is in (from, to]. */
export interface MaskRateBits extends BitsPerBase {
  readonly from: number;
  readonly to: number;
  readonly draws: number;
}

export interface BaselineResult extends BitsPerBase {
  readonly name: string;
  /** Model minus baseline, a paired difference per window; negative where the model is better. */
  readonly modelMinusBaseline: BitsPerBase;
}

export interface ScoreSummary {
  /** Upper bound of the model's bits per base. */
  readonly model: BitsPerBase;
  /** Part of the model's error that more draws would remove; absent with one draw. */
  readonly monteCarloStandardError?: number;
  readonly softMasked?: BitsPerBase;
  readonly notSoftMasked?: BitsPerBase;
  /** By tenths of the mask rate, lowest first, those that have draws; with equal windows the mean by draws is the model's bits. */
  readonly byMaskRate: readonly MaskRateBits[];
  readonly baselines: readonly BaselineResult[];
  /** Name of the baseline with the fewest bits. */
  readonly bestBaseline: string;
  readonly isBelowBestBaseline: boolean;
  readonly windows: number;
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
      ...(perBase(ofBaseline, bases) as BitsPerBase),
      modelMinusBaseline: perBase(minus(nats, ofBaseline), bases) as BitsPerBase,
    };
  });
  const best = bestBaseline(results);
  return {
    model: perBase(nats, bases) as BitsPerBase,
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
export function bestBaseline(baselines: readonly BaselineResult[]): BaselineResult {
  return baselines.reduce((low, baseline) => (baseline.bits < low.bits ? baseline : low));
}

function perBase(nats: readonly number[], bases: readonly number[]): BitsPerBase | undefined {
  const total = bases.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const { value, standardError }: Estimate = ratio(nats, bases);
  const bits = { bits: value / Math.LN2, bases: total };
  return standardError === undefined ? bits : { ...bits, standardError: standardError / Math.LN2 };
}

const MASK_RATE_BINS = 10;

function byMaskRate(windows: readonly ScoredWindow[]): MaskRateBits[] {
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
