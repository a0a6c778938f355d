/** What the page of a fine-tuning run says: its log, its predictions, and what its test shares with training. */

import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { configYaml } from "../../src/config/config-yaml.ts";
import type { SetLeakage, SetPart } from "../../src/report/benchmark-record.ts";
import type { FinetuneRecord } from "../../src/report/finetune-record.ts";
import type { DataDigest } from "../../src/report/provenance.ts";
import { type MetricRecord, metricsOf } from "../../src/stats/metrics/metrics-of.ts";
import { shellWord } from "../../src/util/shell-word.ts";
import { finetuneOptions } from "../finetune/options.ts";
import { RESULT_FILE } from "../finetune/run.ts";
import { readTrainingLog } from "../finetune/training-log.ts";
import type { PipelineIo } from "../io.ts";
import { labelledDigest } from "../labelled/labelled-digest.ts";
import type { LabelledParts } from "../labelled/labelled-parts.ts";
import { predictionsPath, readPredictions } from "../labelled/predictions-files.ts";
import { tablePredictions } from "../labelled/predictions-table.ts";
import { openPretraining } from "../labelled/pretraining-genome.ts";
import { setLeakage } from "../labelled/set-leakage.ts";
import { setPart, setParts } from "../labelled/set-parts.ts";
import type { TestMeasures } from "../labelled/test-measures.ts";
import {
  isPredictionOf,
  readTestPredictions,
  type TestPredictions,
} from "../labelled/test-predictions.ts";
import { type LoadedClassifier, loadClassifier } from "../load-classifier.ts";
import { reportProvenance } from "../report-provenance.ts";
import { finetuneTest, knownTest } from "./finetune-test.ts";
import { networkWords, protocolWords } from "./finetune-words.ts";
import type { ReportConfig } from "./options.ts";
import { openTrainedData, type TrainedData } from "./trained-data.ts";

/**
 * Reads a run, finished or not. Sequences that are not here any more leave out what needs them, and the record says so.
 *
 * @throws {RunFolderError | CheckpointError} when the run cannot be loaded, or has no checkpoint yet
 * @throws {FileError | TableError} when its log or its tables are damaged
 */
export async function finetuneRecord(
  report: Pick<ReportConfig, "run" | "date">,
  io: PipelineIo,
): Promise<FinetuneRecord> {
  const path = report.run;
  const run = await loadClassifier(path);
  const { config, classes } = run;
  for (const notice of run.notices) io.stderr(notice);
  const { curve, seconds } = await readTrainingLog(path);
  const trained = await openTrainedData(run, io);
  const set = config.data.set ?? basename(config.data.train ?? "");
  const isFinished = existsSync(join(path, RESULT_FILE));
  const valid = isFinished ? await validMetrics(path) : undefined;
  const hasTest = isFinished && existsSync(predictionsPath(path, "test"));
  const predicted = hasTest ? await readTestPredictions(path) : undefined;
  const tested = predicted && testedParts(trained, predicted);
  const known = tested && knownTest(tested);
  const measures = known?.measures;
  const test = predicted && finetuneTest(predicted, known);
  return {
    schema: 1,
    provenance: reportProvenance(`gdiff report ${shellWord(report.run)}`, report.date, {
      config: configYaml(finetuneOptions, config),
      ...{ backend: run.arithmetic ?? "not known", precision: undefined, seconds },
      data: digestsOf(set, run, tested),
    }),
    ...{ run: path, set, classes, isFinished, curve, valid, test },
    network: networkWords(config),
    parameters: parametersOf(run),
    checkpointSha256: run.checkpointSha256,
    step: run.step,
    plannedEpochs: config.train.epochs,
    keptEpoch: run.best?.epoch,
    protocol: protocolWords(config),
    parts: partsOf(trained, tested, measures, { validation: valid, test: test?.whole.metrics }),
    leakage: tested && measures && (await leakageOf(tested, measures, config.run, io)),
    missing: missingOf(trained, predicted, tested),
  };
}

async function validMetrics(path: string): Promise<MetricRecord> {
  const table = await readPredictions(path, "valid");
  return metricsOf(tablePredictions(table, predictionsPath(path, "valid")));
}

/** All parts, where they are here and the test is the one that was predicted. */
function testedParts(
  trained: TrainedData,
  predicted: TestPredictions,
): Required<LabelledParts> | undefined {
  if (trained.kind === "gone") return undefined;
  const { train, valid, test } = trained.data;
  if (test === undefined) return undefined;
  return isPredictionOf(predicted, test.sequences) ? { train, valid, test } : undefined;
}

function parametersOf({ network: { shapes } }: LoadedClassifier): number {
  return Object.values(shapes)
    .map((shape) => shape.reduce((product, size) => product * size, 1))
    .reduce((sum, size) => sum + size, 0);
}

/** Of the sequences themselves; where they are not here, of what was predicted. */
function partsOf(
  trained: TrainedData,
  tested: Required<LabelledParts> | undefined,
  measures: TestMeasures | undefined,
  predicted: Readonly<Record<string, MetricRecord | undefined>>,
): readonly SetPart[] {
  if (tested !== undefined && measures !== undefined) return setParts(tested, measures);
  const known =
    trained.kind === "here"
      ? [setPart("train", trained.data.train), setPart("validation", trained.data.valid)]
      : [];
  const rest = Object.entries(predicted).flatMap(([name, metrics]) =>
    metrics === undefined || known.some((part) => part.name === name)
      ? []
      : [{ name, counts: metrics.byClass.map(({ count }) => count) }],
  );
  return [...known, ...rest];
}

function digestsOf(
  set: string,
  { dataDigest, pretrainedSha256 }: LoadedClassifier,
  tested: Required<LabelledParts> | undefined,
): readonly DataDigest[] {
  return [
    { name: `${set}, train and validation`, sha256: dataDigest },
    ...(tested === undefined
      ? []
      : [{ name: `${set}, test`, sha256: labelledDigest([["test", tested.test]]) }]),
    ...(pretrainedSha256 === undefined
      ? []
      : [{ name: "pretrained checkpoint", sha256: pretrainedSha256 }]),
  ];
}

async function leakageOf(
  tested: Required<LabelledParts>,
  measures: TestMeasures,
  pretrained: string | undefined,
  io: PipelineIo,
): Promise<SetLeakage> {
  const pretraining = pretrained === undefined ? undefined : await openPretraining(pretrained, io);
  try {
    return await setLeakage(tested, measures, pretraining);
  } finally {
    await pretraining?.genome.close();
  }
}

function missingOf(
  trained: TrainedData,
  predicted: TestPredictions | undefined,
  tested: Required<LabelledParts> | undefined,
): readonly string[] {
  const without =
    predicted === undefined
      ? "they cannot be counted"
      : "the de-duplicated test, nearness to training and leakage are not known, and intervals take test sequences as independent";
  if (trained.kind === "gone") {
    return [
      `The sequences that it was trained on are not here, so that ${without}: ${trained.reason}`,
    ];
  }
  return predicted === undefined || tested !== undefined
    ? []
    : [`The test sequences are not those that were predicted, so that ${without}.`];
}
