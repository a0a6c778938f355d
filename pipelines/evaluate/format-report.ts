/** The report of an evaluation as text. */

import type { BaselineScore, MaskRateScore, ScoredBits } from "../../src/report/pretrain-record.ts";
import { formatCount } from "../../src/util/format.ts";
import type { EvaluateSummary } from "./run.ts";
import { bestBaseline } from "./summarise.ts";

/** Returns the lines; the first says whether the model beats its best baseline. */
export function formatReport(summary: EvaluateSummary): string[] {
  const { scores, likelihood, strand } = summary;
  const { model, baselines, byMaskRate } = scores;
  const best = bestBaseline(baselines);
  const strands = strand === "both" ? "on both strands" : "on the forward strand";
  const how = likelihood === "bound" ? boundDraws(summary) : "exact";
  return [
    verdict(summary, best),
    `run ${summary.run}, checkpoint of step ${formatCount(summary.step)}, EMA weights; ${summary.what}: ` +
      `${formatCount(scores.windows)} windows of ${formatCount(summary.length)} bases ${strands}, ${formatCount(model.bases)} A/C/G/T, ${how}`,
    ...(summary.caveat === undefined ? [] : [`note: ${summary.caveat}`]),
    ...skipped(summary),
    "",
    "                              bits per base   standard error   model − baseline",
    row(likelihood === "bound" ? "model (bound ≤)" : "model (exact)", model),
    ...(scores.softMasked === undefined ? [] : [row("  soft-masked bases", scores.softMasked)]),
    ...(scores.notSoftMasked === undefined ? [] : [row("  other bases", scores.notSoftMasked)]),
    ...baselines.map((baseline) => row(baseline.name, baseline, baseline.modelMinusBaseline)),
    "",
    ...(byMaskRate.length === 0 ? [] : [MASK_RATE_HEAD, ...byMaskRate.map(maskRateRow), ""]),
    errors(summary),
  ];
}

function boundDraws({ draws, seed, timeSteps }: EvaluateSummary): string {
  const process = timeSteps === undefined ? "" : `, of ${formatCount(timeSteps)} steps of time`;
  return `${draws} draws, seed ${seed}${process}`;
}

const MASK_RATE_HEAD = "bases masked            bits per masked base   standard error        draws";

function verdict({ scores, likelihood }: EvaluateSummary, best: BaselineScore): string {
  const kind = likelihood === "bound" ? "a bound, ≤" : "exact";
  const bits = `${scores.model.bits.toFixed(4)} bits per base (${kind})`;
  const { bits: difference, standardError } = best.modelMinusBaseline;
  const by = `${Math.abs(difference).toFixed(4)}${plusMinus(standardError)}`;
  return difference <= 0
    ? `the model's ${bits} are ${by} below the best baseline, ${best.name} (${best.bits.toFixed(4)})`
    : `WORSE THAN A BASELINE: the model's ${bits} are ${by} above ${best.name} (${best.bits.toFixed(4)})`;
}

function skipped({ scores, uncoveredBases }: EvaluateSummary): string[] {
  const parts = [
    ...(scores.skippedWindows > 0
      ? [`${formatCount(scores.skippedWindows)} windows of N only are skipped`]
      : []),
    ...(uncoveredBases > 0
      ? [`${formatCount(uncoveredBases)} bases at region ends fill no window`]
      : []),
  ];
  return parts.length === 0 ? [] : [`not scored: ${parts.join("; ")}`];
}

function row(name: string, value: ScoredBits, difference?: ScoredBits): string {
  const error = value.standardError === undefined ? "–" : value.standardError.toFixed(4);
  const last =
    difference === undefined
      ? ""
      : `${signed(difference.bits)}${plusMinus(difference.standardError)}`;
  return `${name.padEnd(30)}${value.bits.toFixed(4).padStart(13)}${error.padStart(17)}   ${last}`.trimEnd();
}

function maskRateRow({ from, to, bits, standardError, draws }: MaskRateScore): string {
  const range = `${Math.round(100 * from)}–${Math.round(100 * to)} %`.padEnd(24);
  const error = (standardError?.toFixed(4) ?? "–").padStart(17);
  return `${range}${bits.toFixed(4).padStart(20)}${error}${formatCount(draws).padStart(13)}`;
}

function errors({ scores, draws, likelihood }: EvaluateSummary): string {
  if (likelihood === "exact") return "standard errors are over windows";
  const monteCarlo =
    scores.monteCarloStandardError === undefined
      ? "unknown with one draw"
      : `${scores.monteCarloStandardError.toFixed(4)} (at most: draws are stratified)`;
  return `standard errors are over windows; the Monte Carlo part of the model's, from ${draws} draws a window, is ${monteCarlo}`;
}

const signed = (value: number): string => (value < 0 ? "−" : "+") + Math.abs(value).toFixed(4);
const plusMinus = (error: number | undefined): string =>
  error === undefined ? "" : ` ± ${error.toFixed(4)}`;
