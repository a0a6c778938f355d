/** What every arm came to: bits per base of the test, its errors, its cost, and the k-mers of what it generates. */

import { formatCount, formatNumberOf } from "../../util/format.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { type Cell, table } from "../html/table.ts";
import { fixed } from "../numbers.ts";
import type { ArmReport, StudyRecord } from "../study-record.ts";
import { type DotRow, dotPlot } from "../svg/dot-plot.ts";
import { armLook } from "./arm-looks.ts";
import { bitsText, boundText, divergenceText, kindText, speedText } from "./arm-text.ts";

const DIGITS = 4;
/** Places of 4-mers and 6-mers. */
const [FOUR, SIX] = [3, 5];

export function armsSection(record: StudyRecord): Markup {
  return html`${armsTable(record)}${bitsFigure(record)}`;
}

function armsTable({ arms, baselines, references, design }: StudyRecord): Markup {
  const text = (body: string): Cell => ({ body, className: "text" });
  const empty = (count: number): string[] => new Array<string>(count).fill("");
  return table({
    name: "Arms",
    caption: html`<b>All arms</b>, from the fewest bits per base to the most: means over ${formatNumberOf(design.seeds, "seed")} with their standard errors, over seeds and over windows of the test, and what kind of number they are. Speed is that of training. k-mers: the Jensen–Shannon divergence of generated from real ones, bits. Below: the best model without a network on the same windows, and what real DNA and Markov models come to as k-mers.`,
    head: [
      "",
      "bits per base",
      "± seeds",
      "± windows",
      text("kind"),
      "parameters",
      "bases a second",
      "calls",
      "4-mers",
      "6-mers",
    ],
    bodies: [
      arms.map((arm) => {
        const samples = arm.samples.at(-1);
        const { errorOverSeeds, errorOverWindows } = arm.bits;
        return {
          head: html`<b>${arm.name}</b>`,
          cells: [
            html`<b>${bitsText(arm)}</b>`,
            fixed(errorOverSeeds, DIGITS),
            fixed(errorOverWindows, DIGITS),
            text(kindText(arm)),
            formatCount(arm.parameters),
            speedText(arm.tokensPerSecond),
            samples === undefined ? "" : formatCount(samples.calls),
            divergenceText(samples?.divergences[FOUR]),
            divergenceText(samples?.divergences[SIX]),
          ],
        };
      }),
      baselines.slice(0, 1).map(({ name, bits, standardError }) => ({
        head: html`<span class="sub">${name}</span>`,
        cells: [
          ...[fixed(bits, DIGITS), "", fixed(standardError, DIGITS), text("exact")],
          ...empty(5),
        ],
      })),
      references.map(({ name, divergences }) => ({
        head: html`<span class="sub">${name}</span>`,
        cells: [...empty(7), divergenceText(divergences[FOUR]), divergenceText(divergences[SIX])],
      })),
    ],
  });
}

function bitsFigure({ arms, baselines, references, design }: StudyRecord): Markup {
  const [best] = baselines;
  const rows = arms.map((arm, i): DotRow => {
    const { mean, interval } = arm.bits;
    return {
      ...{ label: arm.name, tone: armLook(i).tone, value: mean, interval },
      points: arm.trials.map(({ bits }) => bits),
      text: bitsText(arm),
    };
  });
  const dashed = best === undefined ? " none;" : ` ${best.name}, the best model without a network;`;
  return figure(
    [
      {
        heading: "bits per base",
        chart: dotPlot({
          id: "arm-bits",
          title: "Bits per base of the test by arm",
          description: "A row an arm: mean over seeds, its 95 % interval, and the seeds.",
          groups: [{ rows }],
          axis: "bits per base, fewer is better",
          reference: best?.bits,
          leastWidth: 0.002,
        }),
      },
      {
        heading: "generated 6-mers",
        chart: dotPlot({
          id: "arm-kmers",
          title: "Divergence of generated 6-mers by arm",
          description: "A row an arm: mean over seeds, and the seeds; dashed: real DNA.",
          groups: [{ rows: arms.map(kmerRow) }],
          axis: "divergence, bits, less is better",
          reference: references[0]?.divergences[SIX]?.bits,
          leastWidth: 0.002,
        }),
      },
    ],
    html`<b>Bits per base of the test, and 6-mers of what is generated.</b> Large marks: means over ${formatNumberOf(design.seeds, "seed")}; small dots: seeds; lines: 95\u00a0% intervals over seeds (Student’s t). Dashed, left:${dashed} right: real DNA in the place of the generated. What is marked ≤ is an upper bound: the network’s own −log p may lie anywhere to its left.`,
    seedsTable(arms),
  );
}

function kmerRow(arm: ArmReport, place: number): DotRow {
  const last = arm.samples.length - 1;
  const mean = arm.samples[last]?.divergences[SIX];
  return {
    ...{ label: arm.name, tone: armLook(place).tone, value: mean?.bits },
    points: arm.trials.flatMap(({ samples }) => samples[last]?.divergences[SIX] ?? []),
    text: divergenceText(mean),
  };
}

function seedsTable(arms: readonly ArmReport[]): Markup {
  const seeds = [...new Set(arms.flatMap(({ trials }) => trials.map(({ seed }) => seed)))].sort(
    (a, b) => a - b,
  );
  return table({
    name: "Bits per base by seed",
    caption: "Bits per base of the test by seed.",
    head: ["", ...seeds.map((seed) => `seed ${seed}`)],
    bodies: [
      arms.map((arm) => ({
        head: arm.name,
        cells: seeds.map((seed) =>
          boundText(arm.kind, arm.trials.find((trial) => trial.seed === seed)?.bits),
        ),
      })),
    ],
  });
}
