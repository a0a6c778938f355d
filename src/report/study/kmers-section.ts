/** How far the k-mers of generated sequences are from real ones, beside what real DNA itself comes to. */

import { formatCount } from "../../util/format.ts";
import { type FigurePanel, figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { plusMinus } from "../numbers.ts";
import type { ArmReport, KmerDivergence, StudyRecord } from "../study-record.ts";
import { type BandPoint, type BandSeries, curvePlot } from "../svg/curve-plot.ts";
import { armLook } from "./arm-looks.ts";

const LONGEST = 6;

export function kmersSection(record: StudyRecord): Markup {
  const { design } = record;
  return html`<p>Of each trial ${formatCount(design.compared)} generated sequences of ${formatCount(design.windowBases)} bases are compared with as many real windows of the test. A divergence of two samples of one law is not 0: “real DNA” is what other windows of the test come to in the place of the generated. Real windows differ from each other as those of a plain model do not, so that such a model may even lie below. A Markov model of order k knows words of k + 1 bases, and nothing else.</p>
${figure(panels(record), caption(record), divergenceTable(record))}`;
}

function caption({ arms }: StudyRecord): Markup {
  const calls = new Set(arms.flatMap((arm) => arm.samples.at(-1)?.calls ?? []));
  const equal =
    calls.size === 1
      ? `All arms have ${formatCount([...calls][0] as number)} network evaluations a sequence.`
      : "An arm that is sampled base by base has a call a base, one that is sampled block by block a call a block at least; the table says how many each has.";
  return html`<b>Divergence of k-mers</b> (Jensen–Shannon, bits), ± one standard error over seeds; grey: real DNA, and bases drawn one by one (Markov order 0). ${equal}`;
}

function panels({ arms, references }: StudyRecord): FigurePanel[] {
  const byLength: FigurePanel = {
    heading: "by length of the k-mers",
    chart: curvePlot({
      id: "kmers-by-length",
      title: "Divergence of generated k-mers by their length",
      description:
        "A line an arm; grey ones for real DNA and for bases drawn one by one; from k = 1 to k = 6.",
      series: [
        ...arms.map((arm, i) => armSeries(arm, i)),
        ...references.slice(0, 2).map(
          // more would look alike; the table has them
          ({ name, divergences }, i): BandSeries => ({
            label: name,
            tone: "base",
            ...(i === 0 ? {} : { isDashed: true }),
            points: pointsOf(divergences),
          }),
        ),
      ],
      x: { label: "k, bases", domain: [1, LONGEST] },
      y: { label: "divergence, bits", isLog: true },
    }),
  };
  if (arms.every(({ samples }) => samples.length < 2)) return [byLength];
  return [byLength, byCalls(arms)];
}

function byCalls(arms: readonly ArmReport[]): FigurePanel {
  return {
    heading: "6-mers by network evaluations",
    chart: curvePlot({
      id: "kmers-by-calls",
      title: "Divergence of generated 6-mers by network evaluations a sequence",
      description: "A line an arm; an arm whose sampler takes one number of calls is a point.",
      series: arms.map((arm, i) => ({
        ...armLook(i),
        label: arm.name,
        hasMarks: true,
        points: arm.samples.map(({ calls, divergences }) =>
          bandPoint(calls, divergences[LONGEST - 1] as KmerDivergence),
        ),
      })),
      x: { label: "network evaluations a sequence", isLog: true },
      y: { label: "divergence, bits", isLog: true },
    }),
  };
}

function armSeries(arm: ArmReport, place: number): BandSeries {
  return {
    ...armLook(place),
    label: arm.name,
    hasMarks: true,
    points: pointsOf(arm.samples.at(-1)?.divergences ?? []),
  };
}

function pointsOf(divergences: readonly KmerDivergence[]): BandPoint[] {
  return divergences.map((divergence) => bandPoint(divergence.k, divergence));
}

function bandPoint(x: number, { bits, standardError }: KmerDivergence): BandPoint {
  if (standardError === undefined) return { x, y: bits, low: undefined, high: undefined };
  return { x, y: bits, low: bits - standardError, high: bits + standardError };
}

function divergenceTable({ arms, references }: StudyRecord): Markup {
  const cells = (divergences: readonly KmerDivergence[]): string[] =>
    divergences.map(({ bits, standardError }) => plusMinus(bits, standardError, 4));
  const lengths = Array.from({ length: LONGEST }, (_, i) => `${i + 1}-mers`);
  return table({
    name: "Divergences",
    caption: "Jensen–Shannon divergence, bits, means over seeds ± standard error.",
    head: ["", { body: "sampler", className: "text" }, "calls", ...lengths],
    bodies: [
      arms.flatMap(({ name, samples }) =>
        samples.map(({ calls, method, divergences }) => ({
          head: name,
          cells: [
            { body: method, className: "text" as const },
            formatCount(calls),
            ...cells(divergences),
          ],
        })),
      ),
      references.map(({ name, divergences }) => ({
        head: name,
        cells: ["", "", ...cells(divergences)],
      })),
    ],
  });
}
