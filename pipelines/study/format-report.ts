/** What a study will run, and what it came to, for a terminal. */

import { fixed, plusMinus, signedRange } from "../../src/report/numbers.ts";
import {
  bitsText,
  divergenceText,
  kindText,
  speedText,
  stagesText,
} from "../../src/report/study/arm-text.ts";
import { missingText, retryTexts } from "../../src/report/study/failure-text.ts";
import { orderLegend, orderText } from "../../src/report/study/study-order.ts";
import { baselineVerdict, studyVerdicts } from "../../src/report/study/study-verdict.ts";
import type { StudyRecord } from "../../src/report/study-record.ts";
import { formatCount, formatNumberOf } from "../../src/util/format.ts";
import { formatTable } from "../data/text-table.ts";
import type { StudyConfig } from "./options.ts";
import type { StudyTrial } from "./plan.ts";
import { generationsOf } from "./trial-parts.ts";

const DIGITS = 4;

/** A row an arm: its stages, steps, bases and calls. */
export function formatPlan(trials: readonly StudyTrial[], config: StudyConfig): string {
  const rows = trials
    .filter(({ seed }) => seed === 1)
    .map((trial) => {
      const steps = trial.stages.map(({ config: { train } }) => train.steps);
      const tokens = trial.stages.reduce(
        (sum, { config: { train }, tokensPerStep }) => sum + train.steps * tokensPerStep,
        0,
      );
      const calls = generationsOf(trial, config).map((one) => formatCount(one.calls));
      return [
        trial.arm.name,
        steps.map(formatCount).join(" + "),
        formatCount(tokens),
        calls.join(", "),
      ];
    });
  const table = formatTable(["arm", "steps", "bases", "calls"], rows, { right: [1, 2, 3] });
  return `${table}${formatNumberOf(config.seeds, "seed")} each, ${formatNumberOf(trials.length, "trial")}\n`;
}

/** Text: the order and what its signs mean, a line each two neighbours, a table with a row an arm and number of calls, what stands beside them, and what failed. */
export function formatStudy(record: StudyRecord): string {
  const { arms, baselines, references, failures, differences, design } = record;
  const verdicts = [...studyVerdicts(record), baselineVerdict(record)]
    .filter((one) => one !== undefined)
    .map(({ text }) => `${text}\n`);
  const rows = arms.flatMap((arm) =>
    arm.samples.map(({ calls, divergences }) => [
      arm.name,
      bitsText(arm).replace("\u00a0", " "),
      fixed(arm.bits.errorOverSeeds, DIGITS),
      fixed(arm.bits.errorOverWindows, DIGITS),
      kindText(arm),
      formatCount(arm.parameters),
      speedText(arm.tokensPerSecond),
      formatCount(calls),
      divergenceText(divergences[3]),
      divergenceText(divergences[5]),
    ]),
  );
  const besides = [
    ...baselines
      .slice(0, 1)
      .map(({ name, bits, standardError }) => [
        name,
        fixed(bits, DIGITS),
        "",
        fixed(standardError, DIGITS),
        "exact",
        "",
        "",
        "",
        "",
        "",
      ]),
    ...references.map(({ name, divergences }) => [
      name,
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      divergenceText(divergences[3]),
      divergenceText(divergences[5]),
    ]),
  ];
  const head = [
    "arm",
    "bits per base",
    "± seeds",
    "± windows",
    "kind",
    "parameters",
    "bases/s",
    "calls",
    "4-mers",
    "6-mers",
  ];
  const table = formatTable(head, [...rows, ...besides], { right: [1, 2, 3, 5, 6, 7, 8, 9] });
  const pairs = formatTable(
    ["difference", "bits per base", "over seeds", "over windows"],
    differences.map(({ less, more, overSeeds, overWindows }) => [
      `${more} − ${less}`,
      plusMinus(overSeeds.mean, undefined, DIGITS),
      signedRange(overSeeds.interval, DIGITS),
      signedRange(overWindows.interval, DIGITS),
    ]),
    { right: [1, 2, 3] },
  );
  const stages = arms.map((arm) => `${arm.name}: ${stagesText(arm)}\n`);
  const failed = failures.map(
    ({ arm, seed, reason, folder }) => `failed: ${arm}, seed ${seed}: ${reason} (in ${folder})\n`,
  );
  const order = orderText(record).replaceAll("\u00a0", " ");
  const missing = missingText(record);
  const legend = orderLegend(record);
  const retries = retryTexts(failures).map((line) => `${line}\n`);
  const { windows, bases } = design.test;
  const tested = `test: ${formatCount(windows)} windows, ${formatCount(bases)} A/C/G/T of ${design.test.what}; k-mers of ${formatNumberOf(design.compared, "sequence")} a seed\n`;
  return [
    `${[order, ...(missing === undefined ? [] : [missing])].join("; ")}\n`,
    ...(legend === undefined ? [] : [`${legend}\n`]),
    ...[...verdicts.map((line) => line.replaceAll("\u00a0", " ")), "\n", table, "\n"],
    ...(differences.length === 0 ? [] : [pairs, "\n"]),
    ...[...stages, tested, ...failed, ...retries],
  ].join("");
}
