/** What a measure says: numbers with names, each of generated and of real DNA, and curves of them. */

import type { Compared, Estimated } from "./compare-arms.ts";

/** The measures in the order of a report. */
const MEASURES = [
  "composition",
  "kmers",
  "discriminator",
  "embedding",
  "range",
  "repeats",
  "motifs",
  "memorisation",
  "diversity",
  "strands",
] as const;
type MeasureName = (typeof MEASURES)[number];

/** What a number is counted in; a share is 0 … 1, and some numbers have no unit. */
type Unit = "share" | "bits" | "bases" | "per kb" | "none";

export interface Figure extends Compared {
  /** Unique in its measure: `gc-mean`. */
  readonly name: string;
  /** For people: `mean GC`. */
  readonly label: string;
  readonly unit: Unit;
}

interface CurvePoint {
  readonly x: number;
  readonly generated: Estimated;
  readonly real: Estimated;
}

export interface Curve {
  /** Unique in its measure. */
  readonly name: string;
  readonly points: readonly CurvePoint[];
}

export interface MeasureResult {
  readonly measure: MeasureName;
  readonly figures: readonly Figure[];
  /** More of the same, too many for an overview: a number a motif, a number a dinucleotide. */
  readonly details: readonly Figure[];
  readonly curves: readonly Curve[];
  /** What a reader has to know, a sentence each: what was left out, and why. */
  readonly notes: readonly string[];
}

/** Name, label and unit of a number, before it is known. */
export type FigureName = readonly [name: string, label: string, unit: Unit];

/** Puts names to numbers, in the same order. */
export function figures(names: readonly FigureName[], numbers: readonly Compared[]): Figure[] {
  return names.map(([name, label, unit], i) => ({
    name,
    label,
    unit,
    ...(numbers[i] as Compared),
  }));
}

/** A curve of numbers at `xs`, in the same order. */
export function curve(name: string, xs: readonly number[], numbers: readonly Compared[]): Curve {
  const points = xs.map((x, i): CurvePoint => {
    const { generated, real } = numbers[i] as Compared;
    return { x, generated, real };
  });
  return { name, points };
}
