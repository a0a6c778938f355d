/** How a run went: loss, validation with its errors, learning rate, gradient norm. */

import { formatCount, formatDigits } from "../../util/format.ts";
import { type FigurePanel, figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { fixed } from "../numbers.ts";
import type { PretrainPoint, PretrainRecord } from "../pretrain-record.ts";
import { type LinePlotOptions, linePlot, type Point } from "../svg/line-plot.ts";
import { extent, widened } from "../svg/scale.ts";
import { bestBaseline } from "./best-baseline.ts";
import { thinCurve } from "./thin-curve.ts";

type CurveName = Exclude<keyof PretrainPoint, "step">;

const DRAWN = "the bound on the same windows with the same draws";

export function curvesSection(record: PretrainRecord): Markup {
  const { curve, evaluation } = record;
  const scored = evaluation?.likelihood === "exact" ? "the same windows" : DRAWN;
  if (curve.length === 0) return html`<p class="note">The run’s log has no step.</p>`;
  const panels = [
    lossPanel(curve),
    validPanel(record),
    plainPanel(curve, "learningRate", "learning rate"),
    plainPanel(curve, "gradientNorm", "gradient norm"),
  ].filter((panel) => panel !== undefined);
  const isValidated = curve.some(({ validBits }) => validBits !== undefined);
  const validation = isValidated
    ? `Validation: ${scored} every time, ± one standard error over windows; dashed: the best baseline of the evaluation.`
    : "There was no validation yet.";
  return figure(
    panels,
    html`<b>Training.</b> Loss: means of neighbouring steps ± one standard error; the loss of a step is that of its own windows and draws, and so is noisy. ${validation}`,
    isValidated ? validTable(curve) : undefined,
  );
}

function lossPanel(curve: readonly PretrainPoint[]): FigurePanel | undefined {
  const { line, band } = thinCurve(pointsOf(curve, "lossBits"));
  if (line.length === 0) return undefined;
  return panel("loss", lastStep(curve), {
    id: "curve-loss",
    title: "Training loss by step",
    description: "Means of neighbouring steps as a line, their standard errors as a band.",
    series: [{ label: "loss", tone: "second", line, band }],
    yLabel: "bits per base",
  });
}

function validPanel({ curve, evaluation }: PretrainRecord): FigurePanel | undefined {
  const line = pointsOf(curve, "validBits");
  if (line.length === 0) return undefined;
  const best = evaluation === undefined ? undefined : bestBaseline(evaluation.scores);
  const label = evaluation?.likelihood === "exact" ? "bits per base" : "bound on bits per base";
  const bars = curve.flatMap(({ step, validBits, validStandardError: error }) =>
    validBits === undefined || error === undefined
      ? []
      : [{ x: step, low: validBits - error, high: validBits + error }],
  );
  return panel("validation", lastStep(curve), {
    id: "curve-valid",
    title: "Bits per base on validation by step",
    description:
      "A point a validation with its standard error; the dashed line is the best baseline.",
    series: [{ label, tone: "main", line, bars, marks: line }],
    yLabel: "bits per base",
    reference: best === undefined ? undefined : { value: best.bits, label: best.name },
  });
}

function plainPanel(
  curve: readonly PretrainPoint[],
  name: CurveName,
  label: string,
): FigurePanel | undefined {
  const { line } = thinCurve(pointsOf(curve, name));
  if (line.length === 0) return undefined;
  return panel(label, lastStep(curve), {
    id: `curve-${name}`,
    title: `${label} by step`,
    description: "A line over all steps.",
    series: [{ label, tone: "third", line }],
    yLabel: "",
    yDomain: widened(extent([0, ...line.map(([, y]) => y)]), 0.03, 1e-9),
  });
}

/** All panels have the same steps. */
function panel(
  heading: string,
  steps: number,
  options: Omit<LinePlotOptions, "xLabel">,
): FigurePanel {
  const xDomain = [0, steps] as const;
  return { heading, chart: linePlot({ ...options, xLabel: "step", xDomain, mostTicks: 5 }) };
}

function lastStep(curve: readonly PretrainPoint[]): number {
  return curve.at(-1)?.step ?? 0;
}

function pointsOf(curve: readonly PretrainPoint[], name: CurveName): Point[] {
  return curve.flatMap((point): Point[] => {
    const value = point[name];
    return value === undefined ? [] : [[point.step, value]];
  });
}

function validTable(curve: readonly PretrainPoint[]): Markup {
  return table({
    name: "Validations",
    caption: "Steps after which the run was validated.",
    head: ["step", "bits per base", "standard error", "learning rate"],
    bodies: [
      curve
        .filter(({ validBits }) => validBits !== undefined)
        .map(({ step, validBits, validStandardError, learningRate }) => ({
          head: formatCount(step),
          cells: [
            fixed(validBits, 4),
            fixed(validStandardError, 4),
            learningRate === undefined ? "–" : formatDigits(learningRate),
          ],
        })),
    ],
  });
}
