/** What a report says of one set, from its trials that have ended, and which of them it is made of. */

import type { FailedTrial, SeedReport, SetReport } from "../../src/report/benchmark-record.ts";
import type { ModelRuns } from "../../src/report/model-report.ts";
import { modelReport } from "../../src/report/model-report.ts";
import { gcShare } from "../../src/stats/features/gc-share.ts";
import type { Predictions } from "../../src/stats/predictions.ts";
import { readTrainingLog } from "../finetune/training-log.ts";
import { type PropertyEdges, propertyEdges } from "../labelled/property-edges.ts";
import { setLeakage } from "../labelled/set-leakage.ts";
import { setParts } from "../labelled/set-parts.ts";
import { DEDUPLICATION, type TestMeasures } from "../labelled/test-measures.ts";
import type { RunData } from "../open-data.ts";
import { modelsOf } from "./check-options.ts";
import { compareToMain } from "./compare-to-main.ts";
import { type ChosenTrial, modelTrials, type TrialAndReason } from "./model-trials.ts";
import { type ModelName, mainModel, modelKind, modelLabel } from "./models.ts";
import type { BenchmarkConfig } from "./options.ts";
import { setProtocol } from "./protocol.ts";
import type { SeedParts } from "./seed-parts.ts";
import { seedReport, type TrialFacts } from "./seed-report.ts";
import type { GivenSet } from "./set-files.ts";
import { testMeasures } from "./test-measures.ts";
import { settingsRecord, type Trial, trialFolder } from "./trial.ts";
import type { TrialResult } from "./trial-result.ts";
import { readTrialTest } from "./trial-test.ts";

/** A set whose trials have ended. */
export interface EndedSet {
  readonly given: GivenSet;
  /** In the order of seeds. */
  readonly parts: readonly SeedParts[];
  readonly trials: readonly Trial[];
  /** What the main model was pretrained on; undefined where there is none, or it is not here. */
  readonly pretraining: RunData | undefined;
}

export interface ReportedSet {
  readonly report: SetReport;
  /** Of every model's chosen trials. */
  readonly chosen: readonly ReportedTrial[];
}

/** A trial that the report is made of. */
export interface ReportedTrial {
  readonly trial: Trial;
  readonly folder: string;
  readonly result: TrialResult;
  readonly measures: TestMeasures;
}

interface ReportedModel {
  readonly model: ModelName;
  readonly runs: ModelRuns;
  /** Of the setting that was chosen, by seed; empty where there is none. */
  readonly trials: readonly ReportedTrial[];
  readonly tests: readonly Predictions[];
  readonly failures: readonly FailedTrial[];
}

/** @throws {TableError | VerificationError} when a trial's files are damaged or of other sequences */
export async function reportSet(set: EndedSet, config: BenchmarkConfig): Promise<ReportedSet> {
  const { given, parts, trials } = set;
  const measures = testMeasures(given, parts);
  const edges = edgesOf(parts);
  const all: ReportedModel[] = [];
  for (const model of modelsOf(config)) {
    const own = trials.filter((trial) => trial.model === model);
    all.push(await reportModel(model, own, measures, edges, config.out));
  }
  const models = all.filter((one) => one.trials.length > 0);
  const main = models.find(({ model }) => model === mainModel(modelsOf(config)));
  const [first, firstMeasures] = [parts[0] as SeedParts, measures[0] as TestMeasures];
  return {
    report: {
      name: given.train.name,
      classes: given.train.classes,
      protocol: setProtocol(given, config),
      deduplication: DEDUPLICATION,
      parts: setParts(first, firstMeasures),
      models: models.map(({ runs }) => modelReport(runs)),
      failures: all.flatMap(({ failures }) => failures),
      differences:
        main === undefined
          ? []
          : models
              .filter((one) => one !== main)
              .map((other) => compareToMain(main, other, measures)),
      leakage: await setLeakage(first, firstMeasures, set.pretraining),
    },
    chosen: models.flatMap((one) => one.trials),
  };
}

async function reportModel(
  model: ModelName,
  trials: readonly Trial[],
  measures: readonly TestMeasures[],
  edges: PropertyEdges,
  out: string,
): Promise<ReportedModel> {
  const { chosen, tried, failures } = await modelTrials(out, trials);
  const seeds: SeedReport[] = [];
  const reported: ReportedTrial[] = [];
  const tests: Predictions[] = [];
  for (const [i, one] of chosen.entries()) {
    const own = measures[i] as TestMeasures;
    const test = await readTrialTest(one.folder, own.ids);
    seeds.push(seedReport(await factsOf(one), test, own, edges));
    reported.push({ trial: one.trial, folder: one.folder, result: one.result, measures: own });
    tests.push(test.predictions);
  }
  const runs = { name: model, label: modelLabel(model), kind: modelKind(model), seeds, tried };
  return { model, runs, trials: reported, tests, failures: failures.map(failedTrial) };
}

function failedTrial({ trial, reason }: TrialAndReason): FailedTrial {
  const { model, seed, setting } = trial;
  return {
    ...{ model, label: modelLabel(model), settings: settingsRecord(setting), seed, reason },
    folder: trialFolder("", trial),
  };
}

async function factsOf({ trial, folder, result, validAccuracy }: ChosenTrial): Promise<TrialFacts> {
  const { curve, seconds } = await readTrainingLog(folder);
  return {
    seed: trial.seed,
    settings: settingsRecord(trial.setting),
    ...{ validAccuracy, curve },
    keptEpoch: result.best?.epoch,
    seconds: result.seconds ?? seconds,
  };
}

/** From the tests of all seeds. */
function edgesOf(parts: readonly SeedParts[]): PropertyEdges {
  const tests = parts.flatMap(({ test }) => test.sequences);
  const gc = tests.flatMap(({ ids }) => gcShare(ids) ?? []);
  return propertyEdges(
    tests.map(({ ids }) => ids.length),
    gc,
  );
}
