/** What a finished trial left, as its report needs it. */

import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { readArrowTable } from "../../src/data/table/read-arrow-table.ts";
import { TableError } from "../../src/errors.ts";
import type { CurvePoint, StageFacts } from "../../src/report/study-record.ts";
import type { SeedWindows } from "../../src/score/bits-over-seeds.ts";
import { readMetrics } from "../../src/train/run-folder/read-metrics.ts";
import { readSet } from "../compare/read-set.ts";
import type { EvaluateSummary } from "../evaluate/run.ts";
import type { GenerateSummary } from "../generate/run.ts";
import type { PretrainSummary } from "../pretrain/run.ts";
import { numberColumn } from "./number-column.ts";
import type { StudyConfig } from "./options.ts";
import type { StageRun, StudyTrial } from "./plan.ts";
import { type StepSpeed, stepSpeed } from "./step-speed.ts";
import { generationsOf, lastStage, stageSummary, testFiles } from "./trial-parts.ts";

export interface TrialResult {
  readonly trial: StudyTrial;
  readonly pretrained: PretrainSummary;
  readonly test: EvaluateSummary;
  readonly windows: SeedWindows;
  readonly curve: readonly CurvePoint[];
  readonly tokensPerSecond: number | undefined;
  /** Of training. */
  readonly seconds: number;
  readonly generations: readonly GeneratedSet[];
  /** Run folder of the last stage, from the study's. */
  readonly run: string;
}

interface GeneratedSet {
  readonly calls: number;
  readonly method: string;
  readonly sequences: readonly Uint8Array[];
}

/**
 * Reads the files of a trial that has finished.
 *
 * @throws {TableError | FileError} when one is missing or damaged
 */
export async function readTrial(
  trial: StudyTrial,
  config: StudyConfig,
  signal: AbortSignal,
): Promise<TrialResult> {
  const last = lastStage(trial);
  const test = testFiles(trial);
  const { curve, speeds } = await readCurves(trial.stages);
  const generations: GeneratedSet[] = [];
  for (const { calls, fasta, summary } of generationsOf(trial, config)) {
    const { method } = await readSummary<GenerateSummary>(summary, "method");
    generations.push({ calls, method, sequences: (await readSet(fasta, undefined, signal)).ids });
  }
  return {
    trial,
    pretrained: await readSummary<PretrainSummary>(stageSummary(last), "parameters"),
    test: await readSummary<EvaluateSummary>(test.summary, "scores"),
    windows: await readWindows(test.windows, trial.seed),
    curve,
    ...speedOf(speeds, trial.stages),
    generations,
    run: relative(config.out, last.folder),
  };
}

async function readCurves(
  stages: readonly StageRun[],
): Promise<{ readonly curve: readonly CurvePoint[]; readonly speeds: readonly StepSpeed[] }> {
  const curve: CurvePoint[] = [];
  const speeds: StepSpeed[] = [];
  let before = 0;
  for (const [stage, { folder, config, tokensPerStep }] of stages.entries()) {
    const records = await readMetrics(`${folder}/metrics.jsonl`);
    for (const { step, validBits, validStandardError: error } of records) {
      if (typeof validBits !== "number") continue;
      const standardError = typeof error === "number" ? error : undefined;
      curve.push({ tokens: before + step * tokensPerStep, bits: validBits, standardError, stage });
    }
    speeds.push(stepSpeed(records));
    before += config.train.steps * tokensPerStep;
  }
  return { curve, speeds };
}

/** Bases a second of all stages together. */
function speedOf(
  speeds: readonly StepSpeed[],
  stages: readonly StageRun[],
): Pick<TrialResult, "tokensPerSecond" | "seconds"> {
  const seconds = speeds.reduce((sum, speed) => sum + speed.seconds, 0);
  let stepping = 0;
  let tokens = 0;
  for (const [i, { config, tokensPerStep }] of stages.entries()) {
    const perStep = speeds[i]?.secondsPerStep;
    if (perStep === undefined) return { tokensPerSecond: undefined, seconds };
    stepping += perStep * config.train.steps;
    tokens += tokensPerStep * config.train.steps;
  }
  return { tokensPerSecond: tokens / stepping, seconds };
}

export function stageFacts(
  { config, tokensPerStep }: StageRun,
  own: readonly string[],
): StageFacts {
  const { objective, steps } = config.train;
  return { objective, steps, tokens: steps * tokensPerStep, own };
}

async function readWindows(path: string, seed: number): Promise<SeedWindows> {
  const table = await readArrowTable(path);
  return {
    seed,
    nats: numberColumn(table, "nats", path),
    bases: numberColumn(table, "scoredBases", path),
  };
}

/** @param key that it must have */
async function readSummary<Summary extends object>(
  path: string,
  key: keyof Summary & string,
): Promise<Summary> {
  const text = await readFile(path, "utf8").catch(() => "");
  try {
    const value: unknown = JSON.parse(text);
    // What wrote it is gdiff itself; another version would lack the key.
    if (typeof value === "object" && value !== null && key in value) return value as Summary;
  } catch {
    // said below
  }
  throw new TableError(
    `${path}: expected what gdiff said of a part of a trial, JSON with ${key}, got other text: delete it, and the part is done again`,
  );
}
