/** Low complexity, runs of one base, and tandem repeats: what a sampler that seeks modes writes too much of. */

import { jensenShannonBits, total } from "../../stats/divergence.ts";
import { type AdditiveMeasure, compareAdditive, increase } from "../additive.ts";
import type { Arms } from "../arms.ts";
import type { ResampleOptions } from "../compare-arms.ts";
import { curve, type FigureName, figures, type MeasureResult } from "../figure.ts";
import { visitRuns } from "./homopolymers.ts";
import { maskLowComplexity } from "./low-complexity.ts";
import { tandemUnits } from "./tandem-repeats.ts";

/** Runs of so many bases and of more are counted together. */
const LONGEST_RUN = 20;
/** Runs of so many bases are long ones. */
const LONG_RUN = 6;
/** Units of so many bases have a detail each. */
const SHORT_UNITS = 6;

/** Where sums of a sequence lie: bases, those of low complexity, those in tandem repeats, by unit, and runs by length. */
const AT = { bases: 0, simple: 1, tandem: 2, units: 3, runs: 3 + SHORT_UNITS } as const;

const FIGURES: readonly FigureName[] = [
  ["low-complexity", "bases of low complexity", "share"],
  ["long-runs", `runs of ${LONG_RUN} or more of one base`, "per kb"],
  ["run-divergence", "divergence of the lengths of runs", "bits"],
  ["tandem", "bases in tandem repeats", "share"],
];

const UNITS: readonly FigureName[] = Array.from({ length: SHORT_UNITS }, (_, i): FigureName => {
  const unit = i + 1;
  return [`unit-${unit}`, `in repeats of a unit of ${unit}`, "share"];
});

const measure: AdditiveMeasure = {
  width: AT.runs + LONGEST_RUN,
  add: (ids, sums, at) => {
    const simple = maskLowComplexity(ids);
    const units = tandemUnits(ids);
    for (let i = 0; i < ids.length; i++) {
      if ((ids[i] as number) > 3) continue;
      increase(sums, at + AT.bases, 1);
      increase(sums, at + AT.simple, simple[i] as number);
      const unit = units[i] as number;
      if (unit > 0) increase(sums, at + AT.tandem, 1);
      if (unit > 0 && unit <= SHORT_UNITS) increase(sums, at + AT.units + unit - 1, 1);
    }
    visitRuns(ids, (length) => {
      increase(sums, at + AT.runs + Math.min(length, LONGEST_RUN) - 1, 1);
    });
  },
  numbers: (own, reference) => {
    const bases = own[AT.bases] as number;
    const runs = own.subarray(AT.runs);
    const perKilobase = (count: number): number => (1000 * count) / bases;
    return Float64Array.of(
      (own[AT.simple] as number) / bases,
      perKilobase(total(runs.subarray(LONG_RUN - 1))),
      jensenShannonBits(runs, reference.subarray(AT.runs)),
      (own[AT.tandem] as number) / bases,
      ...own.subarray(AT.units, AT.runs).map((count) => count / bases),
      ...runs.map(perKilobase),
    );
  },
};

export function compareRepeats(arms: Arms, options: ResampleOptions): MeasureResult {
  const { blocks, numbers } = compareAdditive(measure, arms, options);
  const details = numbers.slice(FIGURES.length);
  const lengths = Array.from({ length: LONGEST_RUN - 1 }, (_, i) => i + 1);
  return {
    measure: "repeats",
    blocks,
    figures: figures(FIGURES, numbers),
    details: figures(UNITS, details),
    curves: [curve("runs", "per kb", lengths, details.slice(SHORT_UNITS))],
    notes: [],
  };
}
