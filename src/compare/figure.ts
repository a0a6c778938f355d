/** What a measure says: numbers with names, each of generated and of real DNA, and curves of them. */

import type { Compared, Estimated } from "./compare-arms.ts";

/** The measures in the order of a report. */
export const MEASURES = [
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
export type MeasureName = (typeof MEASURES)[number];

/** What a number is counted in; a share is 0 … 1, and some numbers have no unit. */
export type Unit = "share" | "bits" | "bases" | "per kb" | "none";

export interface Figure extends Compared {
  /** Unique in its measure: `gc-mean`. */
  readonly name: string;
  /** For people: `mean GC`. */
  readonly label: string;
  readonly unit: Unit;
}

export interface CurvePoint {
  readonly x: number;
  readonly generated: Estimated;
  readonly real: Estimated;
}

export interface Curve {
  /** Unique in its measure. */
  readonly name: string;
  readonly unit: Unit;
  readonly points: readonly CurvePoint[];
}

export interface MeasureResult {
  readonly measure: MeasureName;
  /** Blocks that were drawn; of one there is no interval. */
  readonly blocks: number;
  readonly figures: readonly Figure[];
  /** More of the same, too many for an overview: a number a motif, a number a dinucleotide. */
  readonly details: readonly Figure[];
  readonly curves: readonly Curve[];
  /** What a reader has to know, a sentence each: what was left out, and why. */
  readonly notes: readonly string[];
}

/** What a number can be. */
type Limits = readonly [least: number, most: number];

/** Name, label and unit of a number, before it is known; limits where the unit does not say them. */
export type FigureName = readonly [name: string, label: string, unit: Unit, limits?: Limits];

const ANY: Limits = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
const POSITIVE: Limits = [0, Number.POSITIVE_INFINITY];

const LIMITS: Readonly<Record<Unit, Limits>> = {
  share: [0, 1],
  bits: POSITIVE,
  bases: POSITIVE,
  "per kb": POSITIVE,
  none: ANY,
};

/** Puts names to numbers, in the same order; intervals do not leave the limits of their numbers, and have a width. */
export function figures(names: readonly FigureName[], numbers: readonly Compared[]): Figure[] {
  return names.map(([name, label, unit, limits = LIMITS[unit]], i) => {
    const { generated, real, difference, ratio } = numbers[i] as Compared;
    const ratios = limits[0] < 0 ? ANY : POSITIVE;
    return {
      ...{ name, label, unit },
      ...{ generated: drawn(within(generated, limits)), real: drawn(within(real, limits)) },
      ...{ difference: drawn(difference), ratio: drawn(within(ratio, ratios)) },
    };
  });
}

function within(estimated: Estimated, [least, most]: Limits): Estimated {
  const { interval } = estimated;
  if (interval === undefined) return estimated;
  const inside = (value: number): number => Math.min(most, Math.max(least, value));
  return { ...estimated, interval: { low: inside(interval.low), high: inside(interval.high) } };
}

/** Without an interval of no width: that every draw is the same does not make a number certain. */
function drawn(estimated: Estimated): Estimated {
  const { interval } = estimated;
  return interval?.low === interval?.high ? { ...estimated, interval: undefined } : estimated;
}

/** A curve of numbers of a unit at `xs`, in the same order. */
export function curve(
  name: string,
  unit: Unit,
  xs: readonly number[],
  numbers: readonly Compared[],
): Curve {
  const points = xs.map((x, i): CurvePoint => {
    const { generated, real } = numbers[i] as Compared;
    return { x, generated: within(generated, LIMITS[unit]), real: within(real, LIMITS[unit]) };
  });
  return { name, unit, points };
}
