/** The charts of each measure: generated and real beside each other, the same colours everywhere. */

import type { Estimated } from "../../compare/compare-arms.ts";
import type { CurvePoint, MeasureName } from "../../compare/figure.ts";
import type { JudgedFigure, JudgedMeasure } from "../../compare/standing.ts";
import type { FigurePanel } from "../html/figure.ts";
import { type Axis, type BandPoint, type BandSeries, curvePlot } from "../svg/curve-plot.ts";
import { type PairRow, type PairValue, pairPlot } from "../svg/pair-plot.ts";
import { scatterPlot } from "../svg/scatter-plot.ts";

const NAMES = ["generated", "real"] as const;
/** Motifs that have a row each; of more only those that differ most are drawn. */
const MOST_ROWS = 24;

type Charts = (measure: JudgedMeasure) => readonly (FigurePanel | undefined)[];

const percentText = (value: number): string => `${Math.round(100 * value)} %`;

const CHARTS: Readonly<Partial<Record<MeasureName, Charts>>> = {
  composition: (measure) => [
    curveChart(measure, "gc-histogram", "sequences by their GC", {
      x: { label: "share of G and C", text: percentText },
      y: { label: "share of sequences", text: percentText },
      isTrimmed: true,
    }),
    pairChart(measure, "dinucleotide odds ratios", { axis: "observed / expected", reference: 1 }),
  ],
  kmers: (measure) => [
    curveChart(
      measure,
      "divergence",
      "divergence from the reference",
      { x: { label: "length of k-mers, bases" }, y: { label: "bits", isLog: true } },
      { hasMarks: true },
    ),
    shareChart(measure),
  ],
  discriminator: (measure) => [
    curveChart(
      measure,
      "roc",
      "ROC curve of the discriminator",
      {
        x: { label: "reference taken for the set", domain: [0, 1] },
        y: { label: "set recognised", domain: [0, 1] },
      },
      {
        reference: [
          [0, 0],
          [1, 1],
        ],
      },
    ),
  ],
  range: (measure) => [
    curveChart(measure, "information", "mutual information of two bases", {
      x: { label: "distance, bases", isLog: true },
      y: { label: "bits", isLog: true },
    }),
  ],
  repeats: (measure) => [
    curveChart(measure, "runs", "runs of one base", {
      x: { label: "length of the run, bases" },
      y: { label: "runs a kilobase", isLog: true },
    }),
    pairChart(measure, "bases in tandem repeats, by unit", {
      axis: "percent of bases",
      scale: 100,
      labelOf: shortUnit,
    }),
  ],
  motifs: (measure) => [
    pairChart(measure, "hits by motif", { axis: "hits a kilobase", isLog: true }),
  ],
  memorisation: (measure) => [
    curveChart(measure, "matches", "longest match to the training set", {
      x: { label: "at least so many bases", isLog: true },
      y: { label: "share of sequences", text: percentText, domain: [0, 1] },
    }),
  ],
  strands: (measure) => [
    curveChart(
      measure,
      "asymmetry",
      "k-mers beside their reverse complements",
      { x: { label: "length of k-mers, bases" }, y: { label: "bits", isLog: true } },
      { hasMarks: true },
    ),
  ],
};

/** Empty where a measure has numbers only. */
export function measureCharts(measure: JudgedMeasure): FigurePanel[] {
  const charts = CHARTS[measure.measure]?.(measure) ?? [];
  return charts.filter((panel) => panel !== undefined);
}

interface Axes {
  readonly x: Axis;
  readonly y: Axis;
  /** Leaves out the ends at which both curves are 0. */
  readonly isTrimmed?: boolean;
}

interface CurveLook {
  readonly hasMarks?: boolean;
  readonly reference?: readonly [readonly [number, number], readonly [number, number]];
}

function curveChart(
  { measure, curves }: JudgedMeasure,
  name: string,
  heading: string,
  { isTrimmed = false, ...axes }: Axes,
  { hasMarks = false, reference }: CurveLook = {},
): FigurePanel | undefined {
  const found = curves.find((one) => one.name === name);
  const points = found === undefined ? [] : isTrimmed ? trimmed(found.points) : found.points;
  const series = bandSeries(points, hasMarks);
  if (series.every(({ points }) => points.length === 0)) return undefined;
  const chart = curvePlot({
    id: `${measure}-${name}`,
    title: `${heading}, generated and real`,
    description: `Curves of both sets with their 95 % intervals: ${axes.y.label} by ${axes.x.label}.`,
    series,
    ...axes,
    ...(reference === undefined ? {} : { reference }),
  });
  return { heading, chart };
}

/** From one point before the first that is not 0 to one behind the last. */
function trimmed(points: readonly CurvePoint[]): readonly CurvePoint[] {
  const isSome = ({ generated, real }: CurvePoint): boolean =>
    (generated.value ?? 0) !== 0 || (real.value ?? 0) !== 0;
  const [first, last] = [points.findIndex(isSome), points.findLastIndex(isSome)];
  return first < 0 ? [] : points.slice(Math.max(0, first - 1), last + 2);
}

function bandSeries(points: readonly CurvePoint[], hasMarks: boolean): BandSeries[] {
  const of = (set: "generated" | "real"): BandPoint[] =>
    points.flatMap((point: CurvePoint) => {
      const { value, interval } = point[set];
      if (value === undefined) return [];
      return [{ x: point.x, y: value, low: interval?.low, high: interval?.high }];
    });
  return [
    { label: NAMES[0], tone: "main", points: of("generated"), hasMarks },
    { label: NAMES[1], tone: "base", isDashed: true, points: of("real"), hasMarks },
  ];
}

interface PairLook {
  readonly axis: string;
  readonly isLog?: boolean;
  readonly reference?: number;
  /** What numbers are multiplied by. */
  readonly scale?: number;
  readonly labelOf?: (figure: JudgedFigure) => string;
}

function pairChart(
  { measure, details }: JudgedMeasure,
  heading: string,
  { axis, isLog = false, reference, scale = 1, labelOf = ({ label }) => label }: PairLook,
): FigurePanel | undefined {
  const isNothing = ({ generated, real }: JudgedFigure): boolean =>
    [generated, real].every(({ value = 0 }) => value === 0);
  if (details.every(isNothing)) return undefined;
  const rows = mostDifferent(details).map(
    (figure): PairRow => ({
      label: labelOf(figure),
      first: scaled(figure.generated, scale),
      second: scaled(figure.real, scale),
      isStrong: figure.standing === "higher" || figure.standing === "lower",
    }),
  );
  const chart = pairPlot({
    id: `${measure}-details`,
    title: `${heading}, generated and real`,
    description: "A row each, both sets with their 95 % intervals.",
    rows,
    names: NAMES,
    ...{ axis, isLog },
    ...(reference === undefined ? {} : { reference }),
  });
  return { heading, chart };
}

function scaled({ value, interval }: Estimated, scale: number): PairValue {
  const times = (one: number): number => one * scale;
  return {
    value: value === undefined ? undefined : times(value),
    interval: interval && { low: times(interval.low), high: times(interval.high) },
  };
}

/** In their order. */
function mostDifferent(details: readonly JudgedFigure[]): readonly JudgedFigure[] {
  if (details.length <= MOST_ROWS) return details;
  const errors = (figure: JudgedFigure): number => Math.abs(figure.errors ?? 0);
  const kept = new Set([...details].sort((a, b) => errors(b) - errors(a)).slice(0, MOST_ROWS));
  return details.filter((figure) => kept.has(figure));
}

function shareChart({ measure, details }: JudgedMeasure): FigurePanel | undefined {
  const points = details.flatMap(({ label, generated, real, standing }) =>
    generated.value === undefined || real.value === undefined
      ? []
      : [
          {
            label,
            x: real.value,
            y: generated.value,
            isStrong: standing === "higher" || standing === "lower",
          },
        ],
  );
  if (points.length === 0) return undefined;
  const chart = scatterPlot({
    id: `${measure}-shares`,
    title: "Shares of 4-mers, generated against real",
    description:
      "A point a 4-mer; on the dashed line both shares are equal. Those that differ are larger.",
    points,
    xLabel: "share in real DNA",
    yLabel: "share in generated DNA",
  });
  return { heading: "shares of 4-mers", chart };
}

function shortUnit({ name }: JudgedFigure): string {
  const unit = name.replace("unit-", "");
  return unit === "1" ? "1 base" : `${unit} bases`;
}
