/** Which differences between a study's arms exceed what seeds and windows spread, in sentences. */

import type { ConfidenceInterval } from "../../stats/uncertainty/confidence-interval.ts";
import { fixed, signedRange } from "../numbers.ts";
import type { ArmDifference, ArmReport, StudyRecord } from "../study-record.ts";
import { bitsText } from "./arm-text.ts";

/** Clear: the difference is above 0 by both intervals. Unclear: it is not. Unknown: one of them is not known. */
export type Standing = "clear" | "unclear" | "unknown";

export interface StudyVerdict {
  /** Fewer bits first. */
  readonly less: string;
  readonly more: string;
  readonly standing: Standing;
  /** A sentence or two. */
  readonly text: string;
}

const DIGITS = 4;

/** Whether a difference exceeds the spread over seeds, and that over windows. */
export function standingOf({ overSeeds, overWindows }: ArmDifference): Standing {
  const intervals = [overSeeds.interval, overWindows.interval];
  if (intervals.some((interval) => interval === undefined)) return "unknown";
  return intervals.every((interval) => (interval?.low ?? 0) > 0) ? "clear" : "unclear";
}

/** One of every two neighbours in the order of bits per base. */
export function studyVerdicts(record: Pick<StudyRecord, "arms" | "differences">): StudyVerdict[] {
  const { arms } = record;
  return arms.slice(1).flatMap((more, i) => {
    const less = arms[i] as ArmReport;
    const difference = differenceOf(record, less, more);
    if (difference === undefined) return [];
    const standing = standingOf(difference);
    return [{ less: less.name, more: more.name, standing, text: sentence(less, more, difference) }];
  });
}

export interface BaselineVerdict {
  readonly arms: readonly string[];
  readonly text: string;
}

/** Of all arms that are not below the best model without a network; undefined where all are. */
export function baselineVerdict({
  arms,
  baselines,
}: Pick<StudyRecord, "arms" | "baselines">): BaselineVerdict | undefined {
  const [best] = baselines;
  const above = best === undefined ? [] : arms.filter(({ bits }) => bits.mean >= best.bits);
  if (best === undefined || above.length === 0) return undefined;
  const shown = above.map((arm) => `${arm.name} (${bitsText(arm)})`);
  const names =
    shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
  const are = above.length === 1 ? "is" : "are";
  return {
    arms: above.map(({ name }) => name),
    text: `${names} ${are} NOT BETTER THAN ${best.name} (${fixed(best.bits, DIGITS)} bits per base), which has no network.`,
  };
}

/** What a bound leaves open in a difference; undefined where both numbers are exact. */
export function boundNote(less: ArmReport, more: ArmReport): string | undefined {
  if (more.kind === "exact") {
    return less.kind === "exact"
      ? undefined
      : `The number of ${less.name} is a bound: its own −log p is lower still, or the same.`;
  }
  return less.kind === "exact"
    ? `Of ${more.name} only a bound is known: its own −log p may be lower.`
    : "Both are bounds: it is these that differ.";
}

function sentence(less: ArmReport, more: ArmReport, difference: ArmDifference): string {
  const { overSeeds, overWindows } = difference;
  const by = `${fixed(overSeeds.mean, DIGITS)} bits per base below ${more.name} (${bitsText(less)} against ${bitsText(more)})`;
  const intervals = [
    intervalText("over seeds", overSeeds.interval),
    intervalText("over windows", overWindows.interval),
  ].filter((text) => text !== undefined);
  const ranges = intervals.length === 0 ? "" : `: ${intervals.join(", ")}`;
  const claim = {
    clear: `${less.name} is ${by}, more than seeds and windows spread${ranges}.`,
    unclear: `${less.name} is ${by}, WITHIN THE SPREAD${ranges}.`,
    unknown: `${less.name} is ${by}; THE SPREAD IS NOT KNOWN, ${missing(difference)}${ranges}.`,
  }[standingOf(difference)];
  return [claim, boundNote(less, more)].filter((text) => text !== undefined).join(" ");
}

function missing({ overSeeds }: ArmDifference): string {
  return overSeeds.interval === undefined ? "as there is one seed" : "as there is one window";
}

function intervalText(name: string, interval: ConfidenceInterval | undefined): string | undefined {
  return interval === undefined ? undefined : `${name} ${signedRange(interval, DIGITS)}`;
}

/** The difference of two arms, the one with fewer bits first; undefined where they have no seed in common. */
export function differenceOf(
  { differences }: Pick<StudyRecord, "differences">,
  less: ArmReport,
  more: ArmReport,
): ArmDifference | undefined {
  return differences.find((one) => one.less === less.name && one.more === more.name);
}
