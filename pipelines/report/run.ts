/** `gdiff report`: one page that says what a pretraining run came to. */

import { join } from "node:path";
import { type SelectedBackend, selectBackend } from "../../src/backends/select-backend.ts";
import { configYaml } from "../../src/config/config-yaml.ts";
import { RunFolderError } from "../../src/errors.ts";
import { parseFastaRecords } from "../../src/genome/node-read-records.ts";
import { parameterCount } from "../../src/model/param-shapes.ts";
import { pretrainCurve } from "../../src/report/pretrain/pretrain-curve.ts";
import { pretrainPage } from "../../src/report/pretrain/pretrain-page.ts";
import type { GeneratedSamples, PretrainRecord } from "../../src/report/pretrain-record.ts";
import { readMetrics } from "../../src/train/run-folder/read-metrics.ts";
import { checkWritable, writeFileAtomic } from "../../src/util/atomic-file.ts";
import { formatBytes } from "../../src/util/format.ts";
import { packageVersion } from "../../src/util/package-root.ts";
import { shellWord } from "../../src/util/shell-word.ts";
import { type Machine, readMachine } from "../doctor/machine.ts";
import { evaluateConfig } from "../evaluate/options.ts";
import { type EvaluateSummary, runEvaluate } from "../evaluate/run.ts";
import { generateConfig } from "../generate/options.ts";
import { runGenerate } from "../generate/run.ts";
import type { PipelineIo } from "../io.ts";
import { type LoadedRun, loadRun } from "../load-run.ts";
import { pretrainOptions } from "../pretrain/options.ts";
import { isRunOf } from "../run-folder/run-kind.ts";
import type { ReportConfig } from "./options.ts";

/** What was written; printed under `--json`. */
export interface ReportSummary {
  readonly run: string;
  readonly step: number;
  readonly checkpointSha256: string;
  /** The evaluation of the page, where it has one. */
  readonly evaluation?: EvaluateSummary;
  /** Sequences generated. */
  readonly samples: number;
  readonly files: readonly string[];
}

/** Stands where there is no date. */
const NO_DATE = "no date given";

/**
 * Evaluates a run, generates some sequences, and writes its page; the path goes to stdout.
 *
 * @throws {RunFolderError} when the folder is no run, a fine-tuned one, or has no checkpoint yet
 * @throws whatever evaluation and generation throw
 * @throws the reason of `io.signal` when it aborts; nothing is written then
 */
export async function runReport(config: ReportConfig, io: PipelineIo): Promise<ReportSummary> {
  if (await isRunOf("finetune", config.run)) {
    throw new RunFolderError(
      `expected a run of gdiff pretrain, got ${config.run}, which gdiff finetune made: its metrics are in ${join(config.run, "result.json")}, and gdiff benchmark makes a page of classifiers beside baselines`,
    );
  }
  const run = await loadRun(config.run);
  const out = config.out ?? join(config.run, "report.html");
  checkWritable(out);
  const backend = await selectBackend(config.backend, config.precision);
  const evaluation = await evaluate(config, io);
  const samples = await generate(config, io);
  const record = await pretrainRecord(config, run, backend, { evaluation, samples });
  await writeFileAtomic(out, new TextEncoder().encode(pretrainPage(record)));
  await io.stdout(`${out}\n`);
  return {
    run: config.run,
    step: run.step,
    checkpointSha256: run.checkpointSha256,
    ...(evaluation === undefined ? {} : { evaluation }),
    samples: samples?.sequences.length ?? 0,
    files: [out],
  };
}

/** The same surroundings; what would go to stdout is given to `take`. */
function within(io: PipelineIo, take: (text: string) => void): PipelineIo {
  return { ...io, stdout: async (text) => take(text) };
}

type Shared = Pick<ReportConfig, "run" | "seed" | "backend" | "precision">;

function shared({ run, seed, backend, precision }: Shared): Shared {
  return { run, seed, backend, ...(precision === undefined ? {} : { precision }) };
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

async function pretrainRecord(
  { run: path, date = NO_DATE }: ReportConfig,
  run: LoadedRun,
  backend: Pick<SelectedBackend, "name" | "precision">,
  { evaluation, samples }: Pick<PretrainRecord, "evaluation" | "samples">,
): Promise<PretrainRecord> {
  const metrics = await readMetrics(join(path, "metrics.jsonl"));
  const { model, data, train } = run.config;
  const seconds = metrics.at(-1)?.seconds;
  return {
    schema: 1,
    provenance: {
      gdiffVersion: packageVersion(),
      date,
      command: `gdiff report ${shellWord(path)}`,
      config: configYaml(pretrainOptions, run.config),
      hardware: describeMachine(readMachine(process.env)),
      ...{ backend: backend.name, precision: backend.precision },
      seconds: typeof seconds === "number" ? seconds : 0,
      data: [{ name: data.genome ?? data.fasta ?? "windows", sha256: run.dataDigest }],
    },
    run: path,
    step: run.step,
    plannedSteps: train.steps,
    parameters: parameterCount(model),
    windowBases: data.length,
    windowsPerStep: train.batchSize * train.accumulate,
    checkpointSha256: run.checkpointSha256,
    curve: pretrainCurve(metrics),
    evaluation,
    samples,
  };
}

function describeMachine({ cpu, memory }: Machine): string {
  const bytes = memory.limitBytes ?? memory.totalBytes;
  return `${cpu.model}, ${cpu.availableCores} of ${cpu.cores} cores, ${formatBytes(bytes)}`;
}
