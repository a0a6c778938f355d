/** The evaluation of a run: bits per base beside models without a network, and by how much was masked. */

import { formatCount } from "../../util/format.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { fixed, plusMinus, signed } from "../numbers.ts";
import type { MaskRateScore, PretrainEvaluation, ScoredBits } from "../pretrain-record.ts";
import { publicText } from "../public-text.ts";
import type { Tone } from "../svg/chart.ts";
import { type DotRow, dotPlot } from "../svg/dot-plot.ts";
import { linePlot } from "../svg/line-plot.ts";
import { NORMAL_95 } from "./best-baseline.ts";

export function scoresSection(evaluation: PretrainEvaluation): Markup {
  const { what, step, draws, seed, scores, likelihood, strand, timeSteps, caveat } = evaluation;
  const strands = strand === "both" ? "both strands" : "the forward strand";
  const { byMaskRate } = scores;
  const process = timeSteps === undefined ? "" : `, of ${formatCount(timeSteps)} steps of time`;
  const how =
    likelihood === "bound"
      ? `${formatCount(draws)} draws a window, seed ${seed}${process}`
      : "exact";
  return html`<p>On ${publicText(what)}: ${formatCount(scores.windows)} windows, ${formatCount(scores.model.bases)} bases of A, C, G, T, ${strands}; checkpoint of step ${formatCount(step)}, ${how}.</p>${caveat === undefined ? "" : html`<p class="note">${caveat}</p>`}
${baselineFigure(evaluation)}${byMaskRate.length === 0 ? "" : html`<h3>By the share of bases that are masked</h3>${maskRateFigure(byMaskRate)}`}`;
}

function baselineFigure({ scores, likelihood }: PretrainEvaluation): Markup {
  const { model, baselines, softMasked, notSoftMasked } = scores;
  const label = likelihood === "bound" ? "model (bound, ≤)" : "model";
  const bits = dotPlot({
    id: "bits",
    title: "Bits per base of the model and of each baseline",
    description: "A row a model, with its 95 % interval over windows.",
    groups: [
      { rows: [rowOf(label, "main", model)] },
      { rows: baselines.map((one) => rowOf(one.name, "base", one)) },
    ],
    axis: "bits per base",
    reference: model.bits,
  });
  const differences = dotPlot({
    id: "bits-difference",
    title: "Bits per base of the model less those of each baseline",
    description:
      "A row a baseline: the paired difference with its 95 % interval; left of zero the model is better.",
    groups: [
      {
        rows: baselines.map(({ name, modelMinusBaseline }) => ({
          ...rowOf(name, "main", modelMinusBaseline),
          text: signed(modelMinusBaseline.bits, 4),
        })),
      },
    ],
    axis: "difference in bits per base",
    reference: 0,
  });
  const parts = [
    ["soft-masked bases (repeats)", softMasked],
    ["other bases", notSoftMasked],
  ] as const;
  return figure(
    [
      { heading: "bits per base", chart: bits },
      { heading: "model minus baseline", chart: differences },
    ],
    html`<b>Bits per base</b>; fewer are better, 2 is knowing nothing. Intervals: ± 1.96 standard errors over windows; differences are paired, window by window.`,
    table({
      name: "Bits per base",
      caption: "Bits per base, with standard errors over windows.",
      head: ["", "bits per base", "standard error", "model − baseline", "standard error"],
      bodies: [
        [
          { head: label, cells: [...cellsOf(model), "", ""], isStrong: true },
          ...parts.flatMap(([head, value]) =>
            value === undefined ? [] : [{ head, cells: [...cellsOf(value), "", ""] }],
          ),
        ],
        baselines.map((one) => ({
          head: one.name,
          cells: [
            ...cellsOf(one),
            signed(one.modelMinusBaseline.bits, 4),
            fixed(one.modelMinusBaseline.standardError, 4),
          ],
        })),
      ],
    }),
  );
}

function rowOf(label: string, tone: Tone, { bits, standardError: error }: ScoredBits): DotRow {
  const reach = error === undefined ? undefined : NORMAL_95 * error;
  return {
    label,
    tone,
    value: bits,
    interval: reach === undefined ? undefined : { low: bits - reach, high: bits + reach },
    text: fixed(bits, 4),
  };
}

function cellsOf({ bits, standardError }: ScoredBits): string[] {
  return [fixed(bits, 4), fixed(standardError, 4)];
}

function maskRateFigure(byMaskRate: readonly MaskRateScore[]): Markup {
  const line = byMaskRate.map(({ from, to, bits }) => [(from + to) / 2, bits] as const);
  const bars = byMaskRate.flatMap(({ from, to, bits, standardError: error }) =>
    error === undefined
      ? []
      : [{ x: (from + to) / 2, low: bits - NORMAL_95 * error, high: bits + NORMAL_95 * error }],
  );
  const chart = linePlot({
    id: "mask-rate",
    title: "Bits per masked base by the share of bases that are masked",
    description:
      "A point a tenth of the mask rate, with its 95 % interval; the dashed line is knowing nothing.",
    series: [{ label: "model", tone: "main", line, bars, marks: line }],
    xLabel: "share of bases masked",
    yLabel: "bits per masked base",
    xDomain: [0, 1],
    reference: { value: 2, label: "uniform" },
  });
  return figure(
    [{ chart }],
    html`<b>Bits per masked base</b> where few or many bases of a window are masked: what context is worth.`,
    table({
      name: "Bits by mask rate",
      caption: "Bits per masked base by tenths of the mask rate.",
      head: ["masked", "bits", "draws", "masked bases"],
      bodies: [
        byMaskRate.map(({ from, to, bits, standardError, draws, bases }) => ({
          head: `${Math.round(100 * from)}–${Math.round(100 * to)} %`,
          cells: [plusMinus(bits, standardError, 4), formatCount(draws), formatCount(bases)],
        })),
      ],
    }),
  );
}
