/** From times and losses of all programs to a ratio, or to none. */

import { median } from "../median.ts";
import type { BenchSettings, WorkloadName } from "../settings.ts";
import { WORKLOAD_KINDS } from "../workloads/kinds.ts";
import type { SideRun } from "./versus.ts";

/** Largest relative difference of a loss (or of a norm) that still is the same computation. */
const TOLERANCE = {
  /** Sums in another order, over some updates. */
  fp32: 1e-3,
  /** A rounding to 8 bits, 2⁻⁹, at other places on the two sides. */
  bf16: 2e-2,
};

export interface SideSummary {
  readonly name: string;
  readonly who: string;
  readonly precision: string;
  readonly threads: number;
  readonly secondsPerStep: number;
  readonly tokensPerSecond: number;
  readonly peakRssMb: number;
  /** The first value of every step, the warm-up's too. */
  readonly losses: readonly number[];
  /** Largest relative difference from gdiff's values at any step; 0 for gdiff itself. */
  readonly largestDifference: number;
  readonly tolerance: number;
  readonly instructionSet?: string;
  readonly findings: Readonly<Record<string, number>>;
}

export interface VersusResult {
  readonly workload: WorkloadName;
  readonly mode: string;
  readonly settings: BenchSettings;
  readonly ours: SideSummary;
  readonly peers: readonly SideSummary[];
  /** The peer's fastest mode; absent without a peer. */
  readonly best?: string;
  /** gdiff's speed over the best peer's; absent when void or without a peer. */
  readonly ratio?: number;
  /** gdiff's peak memory over that peer's; of the model's workloads, since gemm measures the machine beside. */
  readonly memoryRatio?: number;
  /** The best peer's values differ from gdiff's, so its time is of another computation. */
  readonly isVoid: boolean;
}

/** @param runs gdiff's first */
export function compare(
  workload: WorkloadName,
  settings: BenchSettings,
  runs: readonly SideRun[],
): VersusResult {
  const [own, ...others] = runs;
  if (own === undefined) throw new RangeError("internal: expected gdiff's own run, got none");
  const ours = summarise(own, own, settings);
  const peers = others.map((run) => summarise(run, own, settings));
  const shared = { workload, mode: WORKLOAD_KINDS[workload].mode, settings, ours, peers };
  const [first, ...rest] = peers;
  if (first === undefined) return { ...shared, isVoid: false };
  const best = rest.reduce((a, b) => (b.secondsPerStep < a.secondsPerStep ? b : a), first);
  // Written so that NaN is no equality.
  const isVoid = !(best.largestDifference <= best.tolerance);
  if (isVoid) return { ...shared, best: best.name, isVoid };
  return {
    ...shared,
    best: best.name,
    ratio: best.secondsPerStep / ours.secondsPerStep,
    ...(workload !== "gemm" && workload !== "attention"
      ? { memoryRatio: ours.peakRssMb / best.peakRssMb }
      : {}),
    isVoid,
  };
}

function summarise(run: SideRun, own: SideRun, settings: BenchSettings): SideSummary {
  const { steps, ...rest } = run;
  const secondsPerStep = median(steps.slice(settings.warmup).map(({ seconds }) => seconds));
  const isBf16 = run.precision === "bf16" || own.precision === "bf16";
  return {
    ...rest,
    secondsPerStep,
    tokensPerSecond: (settings.size ?? settings.batch * settings.length) / secondsPerStep,
    losses: steps.map(({ values }) => values[0] ?? Number.NaN),
    largestDifference: largestDifference(run, own),
    tolerance: isBf16 ? TOLERANCE.bf16 : TOLERANCE.fp32,
  };
}

function largestDifference({ steps }: SideRun, own: SideRun): number {
  const differences = steps.flatMap(({ values }, step) => {
    const others = own.steps[step]?.values ?? [];
    if (others.length !== values.length) return [Number.NaN];
    return values.map((value, i) => relativeDifference(value, others[i] as number));
  });
  return differences.some(Number.isNaN) ? Number.NaN : Math.max(...differences);
}

function relativeDifference(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
