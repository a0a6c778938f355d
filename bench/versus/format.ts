/** Comparisons for people. */

import { formatColumns } from "../format.ts";
import type { SideSummary, VersusResult } from "./compare.ts";
import type { TableRow } from "./table.ts";

/** Each program's speed, memory and losses, and the ratio. */
export function formatVersus(result: VersusResult): string[] {
  const sides = [result.ours, ...result.peers];
  return [
    describe(result),
    "",
    ...formatColumns([
      ["", "precision", "s a step", "tokens a second", "peak MiB", "difference", "allowed"],
      ...sides.map(sideCells),
    ]),
    "",
    ...formatColumns([
      ["step", ...sides.map(({ name }) => name)],
      ...result.ours.losses.map((_, step) => [
        String(step + 1),
        ...sides.map(({ losses }) => (losses[step] ?? Number.NaN).toFixed(6)),
      ]),
    ]),
    "",
    ...sides.map(({ name, who, threads, instructionSet }) =>
      [`${name}: ${who}, ${threads} threads`, ...(instructionSet ? [instructionSet] : [])].join(
        ", ",
      ),
    ),
    ...sides.flatMap(({ name, findings }) =>
      Object.entries(findings).map(([key, value]) => `${name}: ${key} ${value.toFixed(3)}`),
    ),
    verdict(result),
  ];
}

function describe({ workload, settings }: VersusResult): string {
  const { width, layers, heads, length, batch, size, calls, warmup, steps } = settings;
  const what =
    size === undefined
      ? `width ${width}, ${layers} layers, ${heads} heads, length ${length}, batch ${batch}`
      : `two matrices of ${size} × ${size}`;
  const made = calls === undefined ? "" : `, ${calls} calls`;
  return `${workload}: ${what}${made}; median of ${steps} steps after ${warmup}, in turns`;
}

function sideCells(side: SideSummary): string[] {
  return [
    side.name,
    side.precision,
    side.secondsPerStep.toPrecision(4),
    side.tokensPerSecond.toFixed(0),
    side.peakRssMb.toFixed(0),
    side.largestDifference.toExponential(1),
    side.tolerance.toExponential(0),
  ];
}

function verdict({ best, ratio, memoryRatio, isVoid }: VersusResult): string {
  if (best === undefined) return "no peer asked for: no ratio";
  if (isVoid) return `ratio VOID: ${best}, the fastest, computed other values than gdiff`;
  const memory = memoryRatio === undefined ? "" : `, ${memoryRatio.toFixed(2)} of its peak memory`;
  return `ratio ${ratio?.toFixed(2)} of ${best}'s speed${memory}`;
}

/** The table of speeds. */
export function formatTable(rows: readonly TableRow[]): string[] {
  return formatColumns([
    ["row", "against", "ratio", "wanted", ""],
    ...rows.map(({ name, against, ratio, wanted, isVoid, isMet }) => [
      name,
      against,
      isVoid ? "VOID" : (ratio?.toFixed(2) ?? "–"),
      wanted,
      isVoid ? "" : isMet ? "met" : "short",
    ]),
  ]);
}
