/** A trial of a baseline: fitted here, with the same files as a network's trial leaves. */

import { join } from "node:path";
import type { Baseline, LabelledIds } from "../../src/benchmark/baselines/baseline.ts";
import { BASELINES } from "../../src/benchmark/baselines/baselines.ts";
import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { writeTable } from "../../src/data/table/write-table.ts";
import { metricsOf } from "../../src/stats/metrics/metrics-of.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { RESULT_FILE } from "../finetune/run.ts";
import { predictionsPath } from "../labelled/predictions-files.ts";
import { predictionsTable } from "../labelled/predictions-table.ts";
import { makeFolder } from "../run-folder/make-folder.ts";
import type { SeedParts } from "./seed-parts.ts";
import type { Trial } from "./trial.ts";

/** Fits the baseline on train, its settings on valid, and predicts valid and test. result.json is written last. */
export async function runBaselineTrial(
  folder: string,
  { set, model, seed }: Trial,
  { train, valid, test, dataSha256 }: SeedParts,
): Promise<void> {
  const startedAt = performance.now();
  const baseline = BASELINES.find(({ name }) => name === model) as Baseline;
  const predict = baseline.fit(labelledIds(train), labelledIds(valid));
  await makeFolder(folder);
  const metrics: Record<string, unknown> = {};
  for (const [name, part] of [
    ["valid", valid],
    ["test", test],
  ] as const) {
    const { ids, labels } = labelledIds(part);
    const predictions = { classes: part.classes, labels, probabilities: predict(ids) };
    const metadata = { set, part: name, model, seed: String(seed) };
    await writeTable(predictionsPath(folder, name), predictionsTable(part, predictions, metadata));
    metrics[name] = metricsOf(predictions);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const count = ({ sequences }: LabelledSequences): number => sequences.length;
  const result = {
    ...{ set, model, classes: train.classes, seed, dataSha256 },
    sequences: { train: count(train), valid: count(valid), test: count(test) },
    ...{ metrics, seconds },
  };
  const text = `${JSON.stringify(result, undefined, 2)}\n`;
  await writeFileAtomic(join(folder, RESULT_FILE), new TextEncoder().encode(text));
}

function labelledIds({ classes, sequences }: LabelledSequences): LabelledIds {
  return {
    ids: sequences.map(({ ids }) => ids),
    labels: Int32Array.from(sequences, ({ label }) => label),
    classes: classes.length,
  };
}
