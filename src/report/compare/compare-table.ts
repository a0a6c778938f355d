/** Every number of a comparison as a row, for other tools; what is not known is NaN. */

import type { Estimated } from "../../compare/compare-arms.ts";
import type { Curve, MeasureName } from "../../compare/figure.ts";
import type { JudgedFigure } from "../../compare/standing.ts";
import type { Column, Table } from "../../data/table/table.ts";
import type { CompareRecord } from "../compare-record.ts";

interface Row {
  readonly measure: MeasureName;
  /** A number of the overview, one of many of its kind, or a point of a curve. */
  readonly kind: "figure" | "detail" | "curve";
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly x: number | undefined;
  readonly generated: Estimated;
  readonly real: Estimated;
  readonly difference: Estimated | undefined;
  readonly ratio: Estimated | undefined;
  readonly standing: string;
}

/** Rows by measure: figures, details, and points of curves, of which x is the place. */
export function compareTable({ measures, provenance, seed, sequences }: CompareRecord): Table {
  const rows = measures.flatMap(({ measure, figures, details, curves }) => [
    ...figures.map((figure) => figureRow(measure, "figure", figure)),
    ...details.map((figure) => figureRow(measure, "detail", figure)),
    ...curves.flatMap((curve) => curveRows(measure, curve)),
  ]);
  const text = (name: "measure" | "kind" | "name" | "label" | "unit" | "standing"): Column => ({
    name,
    type: "utf8",
    values: rows.map((row) => row[name]),
  });
  return {
    columns: [
      ...(["measure", "kind", "name", "label", "unit"] as const).map(text),
      number(
        "x",
        rows.map(({ x }) => x),
      ),
      ...(["generated", "real", "difference", "ratio"] as const).flatMap((name) =>
        estimates(
          name,
          rows.map((row) => row[name]),
        ),
      ),
      text("standing"),
    ],
    metadata: {
      gdiffVersion: provenance.gdiffVersion,
      date: provenance.date,
      seed: String(seed),
      sequences: String(sequences),
    },
  };
}

function figureRow(measure: MeasureName, kind: "figure" | "detail", figure: JudgedFigure): Row {
  return { measure, kind, ...figure, x: undefined };
}

function curveRows(measure: MeasureName, { name, unit, points }: Curve): Row[] {
  const same = { measure, kind: "curve", name, label: name, unit } as const;
  return points.map(({ x, generated, real }) => ({
    ...same,
    ...{ x, generated, real, difference: undefined, ratio: undefined, standing: "unknown" },
  }));
}

/** The value, and where its 95 % interval lies. */
function estimates(name: string, values: readonly (Estimated | undefined)[]): Column[] {
  return [
    number(
      name,
      values.map((one) => one?.value),
    ),
    number(
      `${name}Low`,
      values.map((one) => one?.interval?.low),
    ),
    number(
      `${name}High`,
      values.map((one) => one?.interval?.high),
    ),
  ];
}

function number(name: string, values: readonly (number | undefined)[]): Column {
  return {
    name,
    type: "float64",
    values: Float64Array.from(values, (value) => value ?? Number.NaN),
  };
}
