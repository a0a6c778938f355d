/** Learning curves: of every network a line, the mean over its seeds where there are several, and each seed thin behind it. */

import type { CurvePoint, SeedReport } from "../benchmark-record.ts";
import { figure } from "../html/figure.ts";
import { html, type Markup } from "../html/markup.ts";
import { table } from "../html/table.ts";
import { fixed } from "../numbers.ts";
import type { LegendEntry } from "../svg/chart.ts";
import { type LineSeries, linePlot, type Point } from "../svg/line-plot.ts";

export interface TrainedModel extends LegendEntry {
  readonly seeds: readonly Pick<SeedReport, "curve" | "keptEpoch">[];
}

type CurveValue = "trainLossNats" | "validLossNats" | "validAccuracy";

/** @param id of the section, of which those of its charts are made */
export function curvesFigure(set: string, everyModel: readonly TrainedModel[], id: string): Markup {
  const models = everyModel.filter(({ seeds }) => seeds.some(({ curve }) => curve.length > 0));
  if (models.length === 0) return html`<p class="note">Nothing was trained in epochs.</p>`;
  const loss = models.flatMap((model): LineSeries[] => [
    { ...seriesOf(model, "validLossNats"), label: `${model.label}, validation` },
    { ...seriesOf(model, "trainLossNats"), label: `${model.label}, training`, isDashed: true },
  ]);
  const hasSeeds = models.some(({ seeds }) => seeds.length > 1);
  const panels = [
    {
      heading: "validation accuracy",
      chart: linePlot({
        id: `${id}-curve-accuracy`,
        title: `Validation accuracy by epoch on ${set}`,
        description: hasSeeds
          ? "A thick line a network, the mean over seeds; thin lines are seeds, rings the epochs that were kept."
          : "A line a network; the ring is the epoch that was kept.",
        series: models.map((model) => seriesOf(model, "validAccuracy")),
        xLabel: "epoch",
        yLabel: "accuracy",
      }),
    },
    {
      heading: "loss",
      chart: linePlot({
        id: `${id}-curve-loss`,
        title: `Loss by epoch on ${set}`,
        description: `Solid lines on validation, dashed ones in training${hasSeeds ? "; thin lines are seeds" : ""}.`,
        series: loss,
        xLabel: "epoch",
        yLabel: "nats",
      }),
    },
  ];
  const caption = hasSeeds
    ? "Thick: mean over seeds, to the last epoch that all of them reached; thin: seeds; rings: the epoch whose weights each seed kept, chosen on validation."
    : "The ring is the epoch whose weights were kept, chosen on validation. The training loss is the mean over an epoch’s updates, while the weights change.";
  return figure(panels, html`<b>Learning curves.</b> ${caption}`, curveTable(models));
}

function seriesOf(model: TrainedModel, value: CurveValue): LineSeries {
  const { label, tone, seeds } = model;
  return {
    ...{ label, tone, line: meanCurve(model, value) },
    seeds: seeds.length > 1 ? seeds.map(({ curve }) => pointsOf(curve, value)) : [],
    rings: value === "trainLossNats" ? [] : keptPoints(model, value),
  };
}

/** Mean over seeds of the epochs that every seed reached. */
function meanCurve({ seeds }: TrainedModel, value: CurveValue): Point[] {
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

function keptPoints({ seeds }: TrainedModel, value: CurveValue): Point[] {
  return seeds.flatMap(({ curve, keptEpoch }) =>
    pointsOf(curve, value).filter(([epoch]) => epoch === keptEpoch),
  );
}

function curveTable(models: readonly TrainedModel[]): Markup {
  const values = ["validAccuracy", "validLossNats", "trainLossNats"] as const;
  const isMean = models.some(({ seeds }) => seeds.length > 1);
  return table({
    name: "Learning curves",
    caption: `${isMean ? "Means over seeds, by" : "By"} epoch. Losses in nats.`,
    head: ["epoch", "validation accuracy", "validation loss", "training loss"],
    bodies: models.map((model) => {
      const curves = values.map((value) => new Map(meanCurve(model, value)));
      const epochs = [...new Set(curves.flatMap((curve) => [...curve.keys()]))];
      return epochs.map((epoch, i) => ({
        head: i === 0 ? `${model.label}: ${epoch}` : String(epoch),
        cells: curves.map((curve) => fixed(curve.get(epoch), 4)),
      }));
    }),
  });
}
