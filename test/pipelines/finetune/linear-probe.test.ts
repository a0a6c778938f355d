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
import { disposeParams, paramsFromArrays } from "../../../src/tensor/params.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";
import { sequenceFeatures } from "../../../src/train/classification/sequence-features.ts";
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

/** Rows of numbers as they are; the products are loops. */
function dense(values: Float32Array, columns: number): FeatureMatrix {
  const rows = values.length / columns;
  const at = (row: number, column: number): number => values[row * columns + column] as number;
  const places = (count: number): readonly number[] => [...Array(count).keys()];
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0);
  const columnMean = (f: (row: number) => number): number => sum(places(rows).map(f)) / rows;
  return {
    ...{ rows, columns },
    times(weights, out) {
      for (const row of places(rows)) {
        out[row] = sum(places(columns).map((column) => at(row, column) * (weights[column] ?? 0)));
      }
    },
    transposedTimes(r, out) {
      for (const column of places(columns)) {
        out[column] = sum(places(rows).map((row) => at(row, column) * (r[row] ?? 0)));
      }
    },
    moments() {
      const mean = Float64Array.from(places(columns), (c) => columnMean((row) => at(row, c)));
      const variance = (c: number): number =>
        columnMean((row) => (at(row, c) - (mean[c] as number)) ** 2);
      return { mean, deviation: Float64Array.from(places(columns), (c) => Math.sqrt(variance(c))) };
    },
  };
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
    return dense((await sequenceFeatures(params, size.backbone, ids, options)).forward, 16);
  };
  const labelsOf = (rows: readonly PlantedRow[]): Int32Array =>
    Int32Array.from(rows, ({ label }) => (label === "gc" ? 1 : 0));
  const train = await featuresOf(parts.train);
  const model = fitLogistic(train, labelsOf(parts.train), 2, { l2: 1 });
  const probabilities = predictLogistic(model, await featuresOf(parts.valid));
  disposeParams(params);
  const labels = labelsOf(parts.valid);
  const nats = labels.reduce((total, label, row) => {
    return total - Math.log(probabilities[2 * row + label] as number) / labels.length;
  }, 0);

  expect(nats).toBeLessThan(Math.log(2) - 0.1); // there is something to learn
  const { valid } = JSON.parse(readFileSync(join(folder, "probe", "result.json"), "utf8")).metrics;
  expect(metrics?.valid).toMatchObject(valid);
  expect(Math.abs(valid.logLoss - nats)).toBeLessThan(0.02);
});
