/** What is run of a trial, one process after another: its stages, the test, and a generation for every number of calls. */

import { join } from "node:path";
import { recordedValues } from "../../src/config/config-yaml.ts";
import { defaultSampler } from "../../src/sampling/samplers-of.ts";
import { METHODS } from "../generate/methods.ts";
import { objectiveOf } from "../objective-of.ts";
import { pretrainOptions } from "../pretrain/options.ts";
import type { StudyConfig } from "./options.ts";
import type { StageRun, StudyTrial } from "./plan.ts";

export interface TrialPart {
  /** `mlm+mdlm seed=1: evaluate`. */
  readonly name: string;
  /** After `gdiff`. */
  readonly args: readonly string[];
  /** Where the process writes. */
  readonly folder: string;
  /** What its `--json` says, written once it is done; a part that has it is not run again. */
  readonly summary: string;
}

/** A generation of a trial. */
export interface Generation {
  /** Network evaluations a sequence. */
  readonly calls: number;
  readonly fasta: string;
  readonly summary: string;
}

const MOST_CALLS = 128;

/** The run that is tested and generates: that of the last stage. */
export function lastStage({ stages }: StudyTrial): StageRun {
  return stages.at(-1) as StageRun;
}

export function stageSummary({ folder }: StageRun): string {
  return `${folder}.json`;
}

export function testFiles({ folder }: StudyTrial): {
  readonly summary: string;
  readonly windows: string;
} {
  return { summary: join(folder, "evaluate.json"), windows: join(folder, "windows.arrow") };
}

/** One for every number of calls; a sampler that takes none has one, with a call a base, and one of blocks a call a block at least. */
export function generationsOf(
  trial: StudyTrial,
  { sample, data }: StudyConfig,
): readonly Generation[] {
  const asked = [...(sample.calls ?? [Math.min(MOST_CALLS, data.length)])].sort((a, b) => a - b);
  const { blockLength = data.length } = objectiveOf(lastStage(trial).config);
  const least = Math.ceil(data.length / blockLength);
  const possible = [...new Set(asked.map((calls) => Math.max(calls, least)))];
  return (takesCalls(trial) ? possible : [data.length]).map((calls) => ({
    calls,
    fasta: join(trial.folder, `samples-${calls}.fa`),
    summary: join(trial.folder, `samples-${calls}.json`),
  }));
}

function takesCalls(trial: StudyTrial): boolean {
  const { name } = objectiveOf(lastStage(trial).config);
  return METHODS[defaultSampler(name)].takesCalls;
}

/** All parts of a trial, in their order. */
export function trialParts(trial: StudyTrial, config: StudyConfig): readonly TrialPart[] {
  const run = lastStage(trial).folder;
  const { backend, precision, device, evaluate, sample } = config;
  const arithmetic = [
    "--backend",
    backend,
    ...(precision === undefined ? [] : ["--precision", precision]),
    ...(device === undefined ? [] : ["--device", device]),
  ];
  const own = [...arithmetic, "--seed", String(trial.seed), "--json"];
  const test = testFiles(trial);
  const named = (what: string): string => `${trial.name}: ${what}`;
  return [
    ...trial.stages.map((stage) => ({
      name: named(stage.config.train.objective),
      args: [...pretrainArguments(stage), "--json"],
      folder: stage.folder,
      summary: stageSummary(stage),
    })),
    {
      name: named("test"),
      args: [
        ...["evaluate", run, "--split", "test", "--draws", String(evaluate.draws)],
        ...(evaluate.windows === undefined ? [] : ["--windows", String(evaluate.windows)]),
        ...["--batch-size", String(evaluate.batchSize), "--table", test.windows, ...own],
      ],
      folder: trial.folder,
      summary: test.summary,
    },
    ...generationsOf(trial, config).map(({ calls, fasta, summary }) => ({
      name: named(`generate, ${calls} calls`),
      args: [
        ...["generate", run, "--count", String(sample.count)],
        ...(takesCalls(trial) ? ["--calls", String(calls)] : []),
        ...["--batch-size", String(sample.batchSize), "--out", fasta, ...own],
      ],
      folder: trial.folder,
      summary,
    })),
  ];
}

function pretrainArguments({ config, folder }: StageRun): readonly string[] {
  const values = [...recordedValues(pretrainOptions, config)];
  return [
    "pretrain",
    ...values.flatMap(([key, value]) => ["--set", `${key}=${value}`]),
    ...["--resume", "--out", folder],
  ];
}
