/** `gdiff report`: one page that says what a run came to. */

import { join } from "node:path";
import { finetunePage } from "../../src/report/finetune/finetune-page.ts";
import type { FinetuneTest } from "../../src/report/finetune-record.ts";
import { pretrainPage } from "../../src/report/pretrain/pretrain-page.ts";
import { checkWritable, writeFileAtomic } from "../../src/util/atomic-file.ts";
import type { EvaluateSummary } from "../evaluate/run.ts";
import type { PipelineIo } from "../io.ts";
import { expectRunFolder } from "../run-folder/read-run.ts";
import { isRunOf } from "../run-folder/run-kind.ts";
import { finetuneRecord } from "./finetune-report.ts";
import type { ReportConfig } from "./options.ts";
import { pretrainRecord } from "./pretrain-report.ts";

/** What was written; printed under `--json`. */
export interface ReportSummary {
  readonly run: string;
  readonly step: number;
  readonly checkpointSha256: string;
  /** The evaluation on the page of a pretraining run, where it has one. */
  readonly evaluation?: EvaluateSummary;
  /** Sequences generated for the page of a pretraining run. */
  readonly samples?: number;
  /** What a fine-tuning run came to on its test, where it has finished and has one. */
  readonly test?: FinetuneTest;
  readonly files: readonly string[];
}

/** A page, and what is said of it. */
type MadePage = Omit<ReportSummary, "files"> & { readonly page: string };

/**
 * Evaluates a pretraining run and generates some sequences, or reads what a fine-tuning run predicted, and writes the
 * run's page; its path goes to stdout.
 *
 * @throws {RunFolderError} when the folder is no run, or has no checkpoint yet
 * @throws whatever evaluation, generation and reading throw
 * @throws the reason of `io.signal` when it aborts; nothing is written then
 */
export async function runReport(config: ReportConfig, io: PipelineIo): Promise<ReportSummary> {
  expectRunFolder(config.run, "pretrain");
  const out = config.out ?? join(config.run, "report.html");
  checkWritable(out);
  const isTuned = await isRunOf("finetune", config.run);
  const { page, ...summary } = isTuned ? await finetuned(config, io) : await pretrained(config, io);
  await writeFileAtomic(out, new TextEncoder().encode(page));
  await io.stdout(`${out}\n`);
  return { ...summary, files: [out] };
}

async function pretrained(config: ReportConfig, io: PipelineIo): Promise<MadePage> {
  const record = await pretrainRecord(config, io);
  const { run, step, checkpointSha256, evaluation, samples } = record;
  return {
    ...{ run, step, checkpointSha256 },
    ...(evaluation === undefined ? {} : { evaluation }),
    samples: samples?.sequences.length ?? 0,
    page: pretrainPage(record),
  };
}

async function finetuned(config: ReportConfig, io: PipelineIo): Promise<MadePage> {
  const record = await finetuneRecord(config, io);
  const { run, step, checkpointSha256, test } = record;
  const page = finetunePage(record);
  return { run, step, checkpointSha256, ...(test === undefined ? {} : { test }), page };
}
