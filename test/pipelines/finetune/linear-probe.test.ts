/** `--preset linear-probe` beside logistic regression of the same frozen features, which L-BFGS fits to its end. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { finetuneConfig } from "../../../pipelines/finetune/options.ts";
import { runFinetune } from "../../../pipelines/finetune/run.ts";
import { classifierConfig } from "../../../pipelines/finetune/transformer-network.ts";
import { initClassifier } from "../../../src/model/init-classifier.ts";
import { addressedRandom } from "../../../src/random/addressed.ts";
import type { FeatureMatrix } from "../../../src/stats/features/feature-matrix.ts";
import { fitLogistic } from "../../../src/stats/logistic/fit-logistic.ts";
import { predictLogistic } from "../../../src/stats/logistic/logistic-model.ts";
import { logLoss } from "../../../src/stats/metrics/log-loss.ts";
import { measure } from "../../../src/stats/metrics/metric.ts";
import { disposeParams, paramsFromArrays } from "../../../src/tensor/params.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";
import { sequenceFeatures } from "../../../src/train/classification/sequence-features.ts";
import { denseFeatures } from "../../naive/dense-features.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { type PlantedRow, writePlanted } from "../support/planted-set.ts";
import { testFolder } from "../support/tiny-run.ts";

const folder = testFolder();

/** Sequences of 100 bases whose share of G and C, 0.55 or 0.45, hardly tells the class: no fit is perfect. */
function faintRows(count: number, seed: number): PlantedRow[] {
  const random = addressedRandom(seed, "corruption");
  return Array.from({ length: count }, (_, i) => {
    const label = i % 2 === 0 ? "at" : "gc";
    const bases = Array.from({ length: 100 }, (_, at) => {
      const isGc = random.uniform(i, 1, at) < (label === "gc" ? 0.55 : 0.45);
      return (isGc ? "GC" : "AT")[random.integer(2, i, 2, at)];
    });
    return { id: `s${seed}-${i}`, sequence: bases.join(""), label };
  });
}

test("the probe ends where logistic regression of its features does", async () => {
  const parts = { train: faintRows(200, 1), valid: faintRows(100, 2) };
  const files = { train: join(folder, "train.csv"), valid: join(folder, "valid.csv") };
  writePlanted(files.train, parts.train);
  writePlanted(files.valid, parts.valid);
  const config = await finetuneConfig({
    ...{ fromScratch: "nano", preset: "linear-probe", backend: "cpu", data: files },
    ...{ out: join(folder, "probe"), seed: 4 },
    model: { width: 16, layers: 1, heads: 2, strand: "forward" },
  });
  const { metrics } = await runFinetune(config, quietIo());

  const size = classifierConfig(config.model, 2);
  const params = paramsFromArrays(initClassifier(size, config.seed));
  const featuresOf = async (rows: readonly PlantedRow[]): Promise<FeatureMatrix> => {
    const ids = rows.map(({ sequence }) => encodeBases(Buffer.from(sequence, "latin1")).ids);
    const batches = [[...ids.keys()]];
    const turn = async (): Promise<void> => {};
    const options = { batches, isBothStrands: false, turn };
    const { forward, width } = await sequenceFeatures(params, size.backbone, ids, options);
    return denseFeatures(Float64Array.from(forward), width);
  };
  const labelsOf = (rows: readonly PlantedRow[]): Int32Array =>
    Int32Array.from(rows, ({ label }) => (label === "gc" ? 1 : 0));
  const train = await featuresOf(parts.train);
  const model = fitLogistic(train, labelsOf(parts.train), 2, { l2: 1 });
  const probabilities = predictLogistic(model, await featuresOf(parts.valid));
  disposeParams(params);
  const predictions = { classes: ["at", "gc"], labels: labelsOf(parts.valid), probabilities };
  const nats = measure(logLoss, predictions) as number;

  expect(nats).toBeLessThan(Math.log(2) - 0.1); // there is something to learn
  const { valid } = JSON.parse(readFileSync(join(folder, "probe", "result.json"), "utf8")).metrics;
  expect(metrics?.valid).toMatchObject(valid);
  expect(Math.abs(valid.logLoss - nats)).toBeLessThan(0.02);
});
