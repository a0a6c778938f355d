/** The report of a study as Markdown: the page's tables, without its charts. */

import { formatCount, formatNumberOf } from "../../util/format.ts";
import { markdownTable, markdownText } from "../markdown.ts";
import { fixed, percent, plusMinus, signed, signedRange } from "../numbers.ts";
import { provenanceMarkdown } from "../provenance-markdown.ts";
import { publicText } from "../public-text.ts";
import type { KmerDivergence, StudyRecord } from "../study-record.ts";
import {
  bitsText,
  boundText,
  intervalsText,
  kindText,
  networkText,
  speedText,
  stagesText,
} from "./arm-text.ts";
import { missingText, retryTexts } from "./failure-text.ts";
import { studyMethods } from "./study-methods.ts";
import { orderLegend, orderText } from "./study-order.ts";
import { baselineVerdict, studyVerdicts } from "./study-verdict.ts";

const DIGITS = 4;

export function studyMarkdown(record: StudyRecord): string {
  const { arms, baselines, differences, failures, design, provenance } = record;
  const { windows, bases, what } = design.test;
  const blocks = [
    "# Objectives on the same DNA",
    headline(record),
    firstLines(record),
    `${formatCount(design.tokens)} bases a trial, ${formatNumberOf(design.seeds, "seed")}, windows of ${formatCount(design.windowBases)} bases; ${networkText(design)}; test: ${markdownText(publicText(what))}, ${formatNumberOf(windows, "window")}, ${formatCount(bases)} A, C, G, T.`,
    "## Bits per base and cost",
    markdownTable(
      [
        "arm",
        "bits per base",
        "± over seeds",
        "± over windows",
        "kind",
        "parameters",
        "bases",
        "bases a second",
      ],
      [
        ...arms.map((arm) => [
          ...[arm.name, bitsText(arm), fixed(arm.bits.errorOverSeeds, DIGITS)],
          ...[fixed(arm.bits.errorOverWindows, DIGITS), kindText(arm)],
          ...[formatCount(arm.parameters), formatCount(arm.tokens), speedText(arm.tokensPerSecond)],
        ]),
        ...baselines.map(({ name, bits, standardError }) => [
          ...[name, fixed(bits, DIGITS), "", fixed(standardError, DIGITS), "exact", "", "", ""],
        ]),
      ],
    ),
    markdownTable(
      ["arm", "stages"],
      arms.map((arm) => [arm.name, stagesText(arm)]),
    ),
    ...(differences.length === 0 ? [] : differenceBlocks(record)),
    "## Generated k-mers",
    `Jensen–Shannon divergence from real ones, bits, means over seeds ± standard error, of ${formatNumberOf(design.compared, "sequence")} a seed:`,
    kmerTable(record),
    "## By seed",
    seedTable(record),
    ...(failures.length === 0 ? [] : failureBlocks(record)),
    "## How the numbers are made",
    studyMethods(record)
      .map(([name, text]) => `- **${name}**: ${markdownText(text)}`)
      .join("\n"),
    ...provenanceMarkdown(provenance),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function headline(record: StudyRecord): string {
  const legend = orderLegend(record);
  const end = legend === undefined ? "." : `; ${markdownText(legend)}.`;
  const missing = missingText(record);
  const without = missing === undefined ? "" : ` **${markdownText(missing)}.**`;
  return `**${markdownText(orderText(record))}** bits per base of the test${end}${without}`;
}

function firstLines(record: StudyRecord): string {
  return [...studyVerdicts(record), baselineVerdict(record)]
    .filter((one) => one !== undefined)
    .map(({ text }) => `- ${markdownText(text)}`)
    .join("\n");
}

function differenceBlocks({ differences, design }: StudyRecord): string[] {
  return [
    "## Differences",
    `Paired by seed and by window. ${intervalsText(differences.length, percent(design.confidence, 0))}`,
    markdownTable(
      ["difference", "bits per base", "over seeds", "over windows"],
      differences.map(({ less, more, overSeeds, overWindows }) => [
        `${more} − ${less}`,
        signed(overSeeds.mean, DIGITS),
        signedRange(overSeeds.interval, DIGITS),
        signedRange(overWindows.interval, DIGITS),
      ]),
    ),
  ];
}

function kmerTable({ arms, references }: StudyRecord): string {
  const cells = (divergences: readonly KmerDivergence[]): string[] =>
    divergences.map(({ bits, standardError }) => plusMinus(bits, standardError, DIGITS));
  return markdownTable(
    ["", "calls", ...[1, 2, 3, 4, 5, 6].map((k) => `${k}-mers`)],
    [
      ...arms.flatMap(({ name, samples }) =>
        samples.map(({ calls, divergences }) => [name, formatCount(calls), ...cells(divergences)]),
      ),
      ...references.map(({ name, divergences }) => [name, "", ...cells(divergences)]),
    ],
  );
}

function seedTable({ arms }: StudyRecord): string {
  return markdownTable(
    ["arm", "seed", "bits per base", "bases a second", "run"],
    arms.flatMap(({ name, kind, trials }) =>
      trials.map(({ seed, bits, tokensPerSecond, run }) => [
        ...[name, String(seed), boundText(kind, bits), speedText(tokensPerSecond), run],
      ]),
    ),
  );
}

function failureBlocks({ failures }: StudyRecord): string[] {
  return [
    "## Trials that failed",
    markdownTable(
      ["arm", "seed", "reason"],
      failures.map(({ arm, seed, reason }) => [arm, String(seed), publicText(reason)]),
    ),
    retryTexts(failures).map(markdownText).join("\n\n"),
  ];
}
