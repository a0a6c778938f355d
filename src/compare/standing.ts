/**
 * Which numbers of generated DNA differ from those of real DNA. There are hundreds of them, and of hundreds some lie outside
 * their 95 % intervals by chance; so a number counts as different only where its difference is so many standard errors from
 * zero that chance would take any of them there in one report of twenty (Bonferroni, with Student's t over blocks, or over draws
 * where they are fewer).
 */

import { studentQuantile } from "../stats/uncertainty/student-t.ts";
import type { Compared } from "./compare-arms.ts";
import type { Curve, Figure, MeasureName, MeasureResult } from "./figure.ts";

/** Of any number of a report to count as different where none is. */
const FALSE_ALARM = 0.05;
/** With fewer blocks an error is not known well enough. */
const LEAST_BLOCKS = 8;

/** Generated beside real: no difference that is known, a higher number, a lower one, or no error to judge by. */
export type Standing = "alike" | "higher" | "lower" | "unknown";

export interface JudgedFigure extends Figure {
  /** The difference in standard errors; undefined where either is not known, or the error is 0. */
  readonly errors: number | undefined;
  readonly standing: Standing;
}

export interface JudgedMeasure {
  readonly measure: MeasureName;
  readonly blocks: number;
  /** Differences of more standard errors count; undefined where there are too few blocks. */
  readonly limit: number | undefined;
  readonly figures: readonly JudgedFigure[];
  readonly details: readonly JudgedFigure[];
  readonly curves: readonly Curve[];
  readonly notes: readonly string[];
}

/**
 * Judges all numbers of a report together.
 *
 * @param replicates that their errors are from: of few draws an error is not known well either
 */
export function judge(results: readonly MeasureResult[], replicates: number): JudgedMeasure[] {
  const numbers = results.flatMap(({ figures, details }) => [...figures, ...details]);
  const count = numbers.filter(({ difference }) => difference.value !== undefined).length;
  return results.map((result) => {
    const limit =
      result.blocks < LEAST_BLOCKS || count === 0
        ? undefined
        : studentQuantile(FALSE_ALARM / 2 / count, Math.min(result.blocks, replicates) - 1);
    const judged = (figure: Figure): JudgedFigure => ({ ...figure, ...judgement(figure, limit) });
    return {
      ...result,
      limit,
      figures: result.figures.map(judged),
      details: result.details.map(judged),
    };
  });
}

function judgement(
  { difference: { value, standardError } }: Compared,
  limit: number | undefined,
): Pick<JudgedFigure, "errors" | "standing"> {
  if (value === undefined || standardError === undefined || limit === undefined) {
    return { errors: undefined, standing: "unknown" };
  }
  if (Math.abs(value) <= limit * standardError) {
    return { errors: standardError > 0 ? value / standardError : 0, standing: "alike" };
  }
  const errors = standardError > 0 ? value / standardError : undefined;
  return { errors, standing: value > 0 ? "higher" : "lower" };
}
