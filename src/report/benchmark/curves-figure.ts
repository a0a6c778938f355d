/** Learning curves: the mean of every network over seeds, and each seed thin behind it. */

import type { CurvePoint, ModelReport, SetReport } from "../benchmark-record.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { fixed } from "../numbers.ts";
import { type LineSeries, linePlot, type Point } from "../svg/line-plot.ts";
import { curveTones, type Roles } from "./tones.ts";

type CurveValue = "trainLossNats" | "validLossNats" | "validAccuracy";

export function curvesFigure(set: SetReport, roles: Roles, id: string): Markup {
  const models = set.models.filter(({ seeds }) => seeds.some(({ curve }) => curve.length > 0));
  if (models.length === 0) return html`<p class="note">Nothing was trained in epochs.</p>`;
  const tones = curveTones(models, roles);
  const one = (model: ModelReport, i: number, value: CurveValue): LineSeries => ({
    label: model.label,
    tone: tones[i] ?? "base",
    line: meanCurve(model, value),
    seeds: model.seeds.map(({ curve }) => pointsOf(curve, value)),
    marks: value === "validAccuracy" ? keptPoints(model) : [],
  });
  const loss = models.flatMap((model, i): LineSeries[] => [
    { ...one(model, i, "validLossNats"), label: `${model.label}, validation` },
    { ...one(model, i, "trainLossNats"), label: `${model.label}, training`, isDashed: true },
  ]);
  const panels = [
    {
      heading: "validation accuracy",
      chart: linePlot({
        id: `${id}-curve-accuracy`,
        title: `Validation accuracy by epoch on ${set.name}`,
        description:
          "A thick line a network, the mean over seeds; thin lines are seeds, marks the epochs that were kept.",
        series: models.map((model, i) => one(model, i, "validAccuracy")),
        xLabel: "epoch",
        yLabel: "accuracy",
      }),
    },
    {
      heading: "loss",
      chart: linePlot({
        id: `${id}-curve-loss`,
        title: `Loss by epoch on ${set.name}`,
        description: "Solid lines on validation, dashed ones in training; thin lines are seeds.",
        series: loss,
        xLabel: "epoch",
        yLabel: "nats",
      }),
    },
  ];
  return figure(
    panels,
    html`<b>Learning curves.</b> Thick: mean over seeds, to the last epoch that all of them reached; thin: seeds; marks: the epoch whose weights each seed kept, chosen on validation.`,
    curveTable(models),
  );
}

/** Mean over seeds of the epochs that every seed reached. */
function meanCurve({ seeds }: ModelReport, value: CurveValue): Point[] {
  const curves = seeds.map(({ curve }) => new Map(pointsOf(curve, value)));
  const [first] = curves;
  return [...(first?.keys() ?? [])].flatMap((epoch): Point[] => {
    const values = curves.flatMap((curve) => curve.get(epoch) ?? []);
    if (values.length < curves.length) return [];
    return [[epoch, values.reduce((sum, one) => sum + one, 0) / values.length]];
  });
}

function pointsOf(curve: readonly CurvePoint[], value: CurveValue): Point[] {
  return curve.flatMap((point): Point[] => {
    const y = point[value];
    return y === undefined ? [] : [[point.epoch, y]];
  });
}

function keptPoints({ seeds }: ModelReport): Point[] {
  return seeds.flatMap(({ curve, keptEpoch }) =>
    pointsOf(curve, "validAccuracy").filter(([epoch]) => epoch === keptEpoch),
  );
}

function curveTable(models: readonly ModelReport[]): Markup {
  const values = ["validAccuracy", "validLossNats", "trainLossNats"] as const;
  return table({
    name: "Learning curves",
    caption: "Means over seeds, by epoch. Losses in nats.",
    head: ["epoch", "validation accuracy", "validation loss", "training loss"],
    bodies: models.map((model) => {
      const curves = values.map((value) => new Map(meanCurve(model, value)));
      const epochs = [...(curves[2]?.keys() ?? [])];
      return epochs.map((epoch, i) => ({
        head: i === 0 ? `${model.label}: ${epoch}` : String(epoch),
        cells: curves.map((curve) => fixed(curve.get(epoch), 4)),
      }));
    }),
  });
}
