/** One number a sequence as features: which of many bins it lies in. A linear model of them may take any shape. */

import { firstAbove } from "../../util/first-above.ts";
import { quantile } from "../uncertainty/quantile.ts";
import type { FeatureMatrix } from "./feature-matrix.ts";
import { sparseFeatures } from "./sparse-features.ts";

/**
 * Rising numbers that cut `values` into at most `bins` parts of about equal size; a number that many values share is a
 * cut of its own, so that there may be fewer.
 */
export function quantileCuts(values: Float64Array, bins: number): Float64Array {
  const sorted = values.slice().sort();
  const cuts = new Set<number>();
  for (let bin = 1; bin < bins; bin++) cuts.add(quantile(sorted, bin / bins));
  return Float64Array.from(cuts);
}

/** One column a bin, 1 for the bin of each value: that from the highest cut not above it. */
export function binnedFeatures(values: Float64Array, cuts: Float64Array): FeatureMatrix {
  const entryColumns = Uint16Array.from(values, (value) =>
    firstAbove(cuts.length, (i) => cuts[i] as number, value),
  );
  return sparseFeatures({
    columns: cuts.length + 1,
    starts: Uint32Array.from({ length: values.length + 1 }, (_, row) => row),
    entryColumns,
    entryCounts: new Uint16Array(values.length).fill(1),
    featureOf: (count) => count,
  });
}
