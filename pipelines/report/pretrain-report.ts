/** What the page of a pretraining run says: its log, an evaluation, and sequences generated for it. */

import { join } from "node:path";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { configYaml } from "../../src/config/config-yaml.ts";
import { parseFastaRecords } from "../../src/genome/node-read-records.ts";
import { parameterCount } from "../../src/model/param-shapes.ts";
import { pretrainCurve } from "../../src/report/pretrain/pretrain-curve.ts";
import type { GeneratedSamples, PretrainRecord } from "../../src/report/pretrain-record.ts";
import { readMetrics } from "../../src/train/run-folder/read-metrics.ts";
import { shellWord } from "../../src/util/shell-word.ts";
import { evaluateConfig } from "../evaluate/options.ts";
import { type EvaluateSummary, runEvaluate } from "../evaluate/run.ts";
import { generateConfig } from "../generate/options.ts";
import { runGenerate } from "../generate/run.ts";
import type { PipelineIo } from "../io.ts";
import { loadRun } from "../load-run.ts";
import { pretrainOptions } from "../pretrain/options.ts";
import { reportProvenance } from "../report-provenance.ts";
import { arithmeticChoice } from "../shared-options.ts";
import type { ReportConfig } from "./options.ts";

/** A record with all that `gdiff evaluate` says. */
export interface EvaluatedRecord extends PretrainRecord {
  readonly evaluation: EvaluateSummary | undefined;
}

/**
 * Evaluates the run, and generates from it.
 *
 * @throws {RunFolderError | CheckpointError} when it cannot be loaded
 * @throws whatever evaluation and generation throw
 */
export async function pretrainRecord(
  config: ReportConfig,
  io: PipelineIo,
): Promise<EvaluatedRecord> {
  const run = await loadRun(config.run);
  const metrics = await readMetrics(join(config.run, "metrics.jsonl"));
  const { model, data, train } = run.config;
  const seconds = metrics.at(-1)?.seconds;
  const backend = await selectBackend(config.backend, config);
  return {
    schema: 1,
    provenance: reportProvenance(`gdiff report ${shellWord(config.run)}`, config.date, {
      config: configYaml(pretrainOptions, run.config),
      ...{ backend: backend.name, precision: backend.precision },
      seconds: typeof seconds === "number" ? seconds : undefined,
      data: [{ name: data.genome ?? data.fasta ?? "windows", sha256: run.dataDigest }],
    }),
    run: config.run,
    objective: train.objective,
    step: run.step,
    plannedSteps: train.steps,
    parameters: parameterCount(model),
    windowBases: data.length,
    windowsPerStep: train.batchSize * train.accumulate,
    checkpointSha256: run.checkpointSha256,
    arithmetic: run.arithmetic,
    curve: pretrainCurve(metrics),
    evaluation: await evaluate(config, io),
    samples: await generate(config, io),
  };
}

/** The same surroundings; what would go to stdout is given to `take`. */
function within(io: PipelineIo, take: (text: string) => void): PipelineIo {
  return { ...io, stdout: async (text) => take(text) };
}

type Shared = Pick<ReportConfig, "run" | "seed" | "backend" | "precision" | "device">;

function shared(config: ReportConfig): Shared {
  return { run: config.run, seed: config.seed, ...arithmeticChoice(config) };
}

async function evaluate(
  config: ReportConfig,
  io: PipelineIo,
): Promise<EvaluateSummary | undefined> {
  const { windows } = config;
  if (windows === 0) return undefined;
  return runEvaluate(
    evaluateConfig({ ...shared(config), windows }),
    within(io, () => {}),
  );
}

async function generate(
  config: ReportConfig,
  io: PipelineIo,
): Promise<GeneratedSamples | undefined> {
  const { samples: count } = config;
  if (count === 0) return undefined;
  const texts: string[] = [];
  const { method, temperature, seed } = await runGenerate(
    generateConfig({ ...shared(config), sample: { count } }),
    within(io, (text) => void texts.push(text)),
  );
  const fasta = new TextEncoder().encode(texts.join(""));
  const sequences = await parseFastaRecords(fasta, "generated sequences");
  return {
    ...{ method, temperature, seed },
    sequences: sequences.map(({ id, sequence }) => ({ id, sequence })),
  };
}
