/** What a run says of valid and test under the weights of its best epoch: tables beside the run, and their metrics. */

import { writeTable } from "../../src/data/table/write-table.ts";
import { type MetricRecord, metricsOf } from "../../src/stats/metrics/metrics-of.ts";
import { selectPredictions } from "../../src/stats/predictions.ts";
import { disposeParams, paramsFromArrays } from "../../src/tensor/params.ts";
import type { PipelineIo } from "../io.ts";
import { predictionsPath } from "../labelled/predictions-files.ts";
import { predictionsTable } from "../labelled/predictions-table.ts";
import { withProgress } from "../pass-progress.ts";
import type { PredictingNetwork } from "./network.ts";
import type { OpenedLabelled } from "./open-labelled.ts";
import type { FinetuneConfig } from "./options.ts";
import { logitsOfRows, predictPart } from "./predict-part.ts";
import type { FinetuneOutcome } from "./train-loop.ts";

/** What the test sequences that are no copies are called beside the parts; they are there where some are copies and some not. */
export const WITHOUT_COPIES = "testWithoutCopies";

/** Metrics of valid and test by name. */
export type PartMetrics = Readonly<Record<string, MetricRecord>>;

/**
 * Writes `predictions.PART.arrow` in `folder`.
 *
 * @throws the reason of `io.signal` when it aborts
 */
export async function predictParts(
  network: PredictingNetwork,
  { bestWeights, checkpoint, best }: FinetuneOutcome,
  data: OpenedLabelled,
  { train: { tokens }, model: { strand }, seed }: FinetuneConfig,
  folder: string,
  io: PipelineIo,
): Promise<PartMetrics> {
  const params = paramsFromArrays(bestWeights);
  const metrics: Record<string, MetricRecord> = {};
  try {
    for (const name of ["valid", "test"] as const) {
      const part = data[name];
      if (part === undefined) continue;
      const ids = part.sequences.map((sequence) => sequence.ids);
      const logitsOf = logitsOfRows(network, params, ids);
      const isBothStrands = strand === "average";
      const predictions = await withProgress(io, ids.length, `predicting ${name}`, (turn) =>
        predictPart(logitsOf, part, { tokens, isBothStrands, turn }),
      );
      const table = predictionsTable(part, predictions, {
        ...{ set: data.name, part: name, checkpoint, strand },
        ...{ seed: String(seed), epoch: String(best?.epoch ?? 0) },
      });
      await writeTable(predictionsPath(folder, name), table);
      metrics[name] = metricsOf(predictions);
      const { test: isCopy } = data.copies;
      if (name === "valid" || isCopy === undefined) continue;
      const places = [...isCopy.keys()].filter((place) => isCopy[place] === 0);
      if (places.length === 0 || places.length === isCopy.length) continue;
      metrics[WITHOUT_COPIES] = metricsOf(selectPredictions(predictions, places));
    }
  } finally {
    disposeParams(params);
  }
  return metrics;
}
