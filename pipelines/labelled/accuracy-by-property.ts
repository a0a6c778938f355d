/** Accuracy of test predictions by length, GC share and nearness to training. */

import type { AccuracyByProperty } from "../../src/report/benchmark-record.ts";
import { accuracyBy } from "../../src/stats/metrics/accuracy-by.ts";
import { selectPredictions } from "../../src/stats/predictions.ts";
import type { PropertyEdges } from "./property-edges.ts";
import type { TestPredictions } from "./test-predictions.ts";

/** @param nearest [sequences]; undefined where training sequences are not known, and then there are no rows of it */
export function accuracyByProperty(
  { predictions, lengths, gc }: TestPredictions,
  nearest: Float64Array | undefined,
  edges: PropertyEdges,
): AccuracyByProperty {
  const hasBase = Array.from(gc, (_, i) => i).filter((i) => !Number.isNaN(gc[i]));
  const shares = hasBase.map((i) => gc[i] as number);
  return {
    length: accuracyBy(predictions, lengths, edges.length),
    gc: accuracyBy(selectPredictions(predictions, hasBase), shares, edges.gc),
    nearest: nearest === undefined ? [] : accuracyBy(predictions, nearest, edges.nearest),
  };
}
