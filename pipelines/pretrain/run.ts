/** `gdiff pretrain`: FASTA in, a run folder with a trained masked diffusion model out. */

import { basename } from "node:path";
import type { Precision } from "../../src/backends/precision.ts";
import { selectBackend } from "../../src/backends/select-backend.ts";
import { ConfigError, StoppedError } from "../../src/errors.ts";
import { expectDenoiserConfig } from "../../src/model/denoiser-config.ts";
import { disposeState } from "../../src/train/train-state.ts";
import { isUrl } from "../../src/util/http/remote-url.ts";
import { shellWord } from "../../src/util/shell-word.ts";
import type { PipelineIo } from "../io.ts";
import { arithmeticOf } from "../run-folder/arithmetic.ts";
import {
  expectUsableFolder,
  openRunFolder,
  type RunFolder,
} from "../run-folder/open-run-folder.ts";
import { claimRunFolder } from "../run-folder/run-name.ts";
import { turn } from "../stop.ts";
import {
  type CountedCost,
  countedCost,
  expectFits,
  formatCounted,
  formatTime,
  secondsPerStep,
} from "./expected-cost.ts";
import { openBatches } from "./open-batches.ts";
import { type PretrainConfig, pretrainOptions } from "./options.ts";
import { pretrainIdentity } from "./run-identity.ts";
import { withShift } from "./shift-of-init.ts";
import { initialWeights, startState } from "./start-state.ts";
import { type LoopInputs, type TrainOutcome, trainLoop } from "./train-loop.ts";
import { openTrainingData } from "./training-data.ts";
import { validator } from "./validator.ts";

/** What a run came to; printed under `--json`. */
export interface PretrainSummary extends CountedCost {
  /** The run folder; absent for a dry run. */
  readonly run?: string;
  readonly backend: string;
  /** What products rounded their operands to. */
  readonly precision: Precision;
  /** Updates made so far, and planned. */
  readonly step: number;
  readonly steps: number;
  /** Training windows of one pass over the training regions, before the limits on N and repeats. */
  readonly windowsPerEpoch: number;
  /** Expected, from a measured pass before the first step. */
  readonly secondsPerStep: number;
  /** Training loss of the last step, bits per base, noisy; what it means is the objective's. */
  readonly lossBits?: number;
  /** Last validation, bits per base, a bound ≤ where the objective has no exact likelihood (EMA weights). */
  readonly validBits?: number;
  /** Share of the steps' time that went into waiting for their batches. */
  readonly waitShare?: number;
  readonly checkpoint?: string;
}

/**
 * Trains as `config` says. What can be refused is refused before a folder is made.
 *
 * @throws {StoppedError} after a checkpoint when `io.signal` aborted or --max-time passed; `--resume` goes on
 */
export async function runPretrain(asked: PretrainConfig, io: PipelineIo): Promise<PretrainSummary> {
  const startedAt = performance.now();
  expectDenoiserConfig(asked.model);
  if (asked.out !== undefined) await expectUsableFolder(asked.out, asked.resume);
  const data = await openTrainingData(asked, io);
  try {
    const config = withClasses(await withShift(asked), data.classes);
    for (const notice of data.notices) io.stderr(notice);
    if (config.init !== undefined && !config.resume) await initialWeights(config.init, config);
    const { validate, notices } = await validator(config, data);
    for (const notice of notices) io.stderr(notice);
    await turn(io.signal);

    const backend = await selectBackend(config.backend, config);
    io.stderr(backend.notice);
    const cost = countedCost(config, backend.name);
    for (const line of formatCounted(cost, config)) io.stderr(line);
    expectFits(cost, backend.name, config);
    const perStep = await secondsPerStep(config);
    await turn(io.signal);
    const plan = {
      ...cost,
      backend: backend.name,
      precision: backend.precision,
      steps: config.train.steps,
      windowsPerEpoch: data.source.windows,
      secondsPerStep: perStep,
    };
    if (config.dryRun) {
      io.stderr(formatTime(cost, perStep, config.train.steps, data.source.windows));
      return { ...plan, step: 0 };
    }

    const arithmetic = arithmeticOf(backend);
    const digest = await data.digest();
    const folder = await openRunFolder(config.out ?? (await claimRunFolder(runName(config))), {
      ...{ config, options: pretrainOptions, identity: pretrainIdentity(config, digest) },
      ...{ arithmetic, resume: config.resume, steps: config.train.steps },
    });
    try {
      for (const notice of folder.notices) io.stderr(notice);
      const step = folder.checkpoint?.step ?? 0;
      io.stderr(formatTime(cost, perStep, config.train.steps - step, data.source.windows));
      const batches = openBatches(config, data.source, step, io);
      try {
        const inputs = { batches, validate, digest, arithmetic, startedAt };
        const outcome = await trainInFolder(config, folder, io, inputs);
        return { ...plan, run: folder.path, ...outcome };
      } finally {
        await batches.close();
      }
    } finally {
      await folder.release();
    }
  } finally {
    await data.close();
  }
}

async function trainInFolder(
  config: PretrainConfig,
  folder: RunFolder,
  io: PipelineIo,
  inputs: LoopInputs,
): Promise<Omit<TrainOutcome, "stopped" | "state">> {
  const start = await startState(config, folder, io.stderr);
  const { stopped, state, ...outcome } = await trainLoop(start, config, folder, io, inputs);
  disposeState(state);
  if (stopped !== undefined) {
    throw new StoppedError(
      stopped.exitCode,
      `stopped by ${stopped.reason} after step ${outcome.step} of ${config.train.steps}; ` +
        `saved in ${outcome.checkpoint}; go on with: gdiff pretrain --resume --out ${shellWord(folder.path)}` +
        (config.shards === undefined ? "" : ` --shards ${shellWord(config.shards)}`),
    );
  }
  io.stderr(`trained ${outcome.step} steps; run folder ${folder.path}`);
  return outcome;
}

/** The network is told the classes that the data have. */
function withClasses(config: PretrainConfig, classes?: readonly string[]): PretrainConfig {
  const { classes: asked, ...size } = config.model;
  if (asked !== undefined && asked.join() !== classes?.join()) {
    throw new ConfigError(
      `expected model.classes to be ${classes?.join(", ") ?? "left out without --labels"}, got ${asked.join(", ")}`,
    );
  }
  return classes === undefined ? config : { ...config, model: { ...size, classes } };
}

/** What a run without --out is called: genome or labelled set, and preset. */
function runName({ data: { fasta, genome }, labelled, preset }: PretrainConfig): string {
  if (labelled.labels !== undefined)
    return `${basename(labelled.labels).replace(/\..*$/, "")}-${preset}`;
  if (fasta === undefined) return `${genome}-${preset}`;
  const file = basename(isUrl(fasta) ? new URL(fasta).pathname : fasta);
  return `${file.replace(/\.(fa|fasta|fna)(\.b?gz)?$/i, "")}-${preset}`;
}
