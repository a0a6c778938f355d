/** What a measurement of the readers found; the JSON line that is printed. */

import type { Timing } from "./rounds.ts";

interface RatioRow {
  readonly what: string;
  readonly against: string;
  /** How many times as fast as the other. */
  readonly ratio: number;
  readonly wanted: number;
}

export interface DataBenchResult {
  readonly measurement: string;
  /** What a second is counted in: bytes of text, or windows. */
  readonly unit: string;
  readonly rounds: number;
  readonly speeds: readonly { readonly name: string; readonly perSecond: number }[];
  readonly ratios: readonly RatioRow[];
}

/** Amount of work of each contestant, by name. */
type Work = (name: string) => number;

/** Speeds of all, and the ratio of each pair `[what, against, wanted]`. */
export function dataBenchResult(
  measurement: string,
  unit: string,
  timings: readonly Timing[],
  work: Work,
  pairs: readonly (readonly [what: string, against: string, wanted: number])[],
): DataBenchResult {
  const speeds = timings.map(({ name, seconds }) => ({ name, perSecond: work(name) / seconds }));
  const speedOf = (name: string): number =>
    speeds.find((speed) => speed.name === name)?.perSecond ?? Number.NaN;
  return {
    measurement,
    unit,
    rounds: timings[0]?.all.length ?? 0,
    speeds,
    ratios: pairs.map(([what, against, wanted]) => ({
      what,
      against,
      ratio: speedOf(what) / speedOf(against),
      wanted,
    })),
  };
}

/** The result as lines for people. */
export function formatDataBench(result: DataBenchResult): string[] {
  const speeds = result.speeds.map(
    ({ name, perSecond }) =>
      `${name.padEnd(34)} ${perSecond.toLocaleString("en-US", { maximumSignificantDigits: 4 })} ${result.unit}/s`,
  );
  const ratios = result.ratios.map(
    ({ what, against, ratio, wanted }) =>
      `${what} against ${against}: ${ratio.toFixed(2)} (wanted ${wanted})`,
  );
  return [`${result.measurement}, median of ${result.rounds}`, ...speeds, ...ratios];
}
