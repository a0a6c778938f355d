/** `gdiff pretrain`: FASTA in, a run folder with a trained masked diffusion model out. */

import { selectBackend } from "../../src/backends/select-backend.ts";
import { windowSampler } from "../../src/data/window-sampler.ts";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { StoppedError } from "../../src/errors.ts";
import { expectDenoiserConfig } from "../../src/model/denoiser-config.ts";
import { paramShapes } from "../../src/model/param-shapes.ts";
import { disposeState } from "../../src/train/train-state.ts";
import type { PipelineIo } from "../io.ts";
import { loadRun } from "../load-run.ts";
import { openData } from "../open-data.ts";
import { dataDigest } from "./data-digest.ts";
import { expectedCost, formatCost } from "./expected-cost.ts";
import { openRunFolder, type RunFolder } from "./open-run-folder.ts";
import type { PretrainConfig } from "./options.ts";
import { plannedRunName } from "./run-name.ts";
import { startState } from "./start-state.ts";
import { type TrainOutcome, trainLoop } from "./train-loop.ts";
import { type Validate, validator } from "./validator.ts";

/** What a run came to; printed under `--json`. */
export interface PretrainSummary {
  /** The run folder; absent for a dry run. */
  readonly run?: string;
  readonly backend: string;
  readonly parameters: number;
  /** Updates made so far, and planned. */
  readonly step: number;
  readonly steps: number;
  /** Bases that one step sees. */
  readonly tokensPerStep: number;
  /** Training loss of the last step, bits per base (a bound ≤, noisy). */
  readonly lossBits?: number;
  /** Last validation, bits per base (a bound ≤, EMA weights). */
  readonly validBits?: number;
  readonly checkpoint?: string;
}

/**
 * Trains as `config` says.
 *
 * @throws {StoppedError} after a checkpoint when `io.signal` aborted or --max-time passed; `--resume` goes on
 */
export async function runPretrain(
  config: PretrainConfig,
  io: PipelineIo,
): Promise<PretrainSummary> {
  expectDenoiserConfig(config.model);
  const data = await openData(config.data);
  try {
    for (const notice of data.notices) io.stderr(notice);
    const backend = await selectBackend(config.backend);
    io.stderr(backend.notice);
    const sampler = windowSampler(data.genome, data.splits.train, {
      ...config.data,
      seed: config.seed,
    });
    const cost = await expectedCost(config);
    for (const line of formatCost(cost, config)) io.stderr(line);
    const plan = {
      backend: backend.name,
      parameters: cost.parameters,
      steps: config.train.steps,
      tokensPerStep: cost.tokensPerStep,
    };
    // What can be refused is refused before a folder is made.
    await sampler.window(0);
    if (config.init !== undefined && !config.resume)
      await loadRun(config.init, paramShapes(config.model));
    const validate = await validator(config, data);
    if (config.dryRun) return { ...plan, step: 0 };

    const digest = await dataDigest(data.genome, data.splits);
    const folder = await openRunFolder(
      config,
      config.out ?? (await plannedRunName(config)),
      digest,
    );
    try {
      for (const notice of folder.notices) io.stderr(notice);
      const outcome = await trainInFolder(config, folder, io, {
        window: async (index) => (await sampler.window(index)).ids,
        validate,
        digest,
      });
      return { ...plan, run: folder.path, ...outcome };
    } finally {
      await folder.release();
    }
  } finally {
    await data.genome.close();
  }
}

interface TrainInputs {
  readonly window: (index: number) => Promise<Uint8Array>;
  readonly validate: Validate | undefined;
  readonly digest: string;
}

async function trainInFolder(
  config: PretrainConfig,
  folder: RunFolder,
  io: PipelineIo,
  inputs: TrainInputs,
): Promise<Omit<TrainOutcome, "stopped" | "state">> {
  const objective = mdlm(noiseSchedule(config.train.noise));
  const start = await startState(config, folder);
  const { stopped, state, ...outcome } = await trainLoop(
    start,
    config,
    objective,
    folder,
    io,
    inputs,
  );
  disposeState(state);
  if (stopped !== undefined) {
    throw new StoppedError(
      stopped.exitCode,
      `stopped by ${stopped.reason} after step ${outcome.step} of ${config.train.steps}; ` +
        `saved in ${outcome.checkpoint}; go on with: gdiff pretrain --resume --out ${folder.path}`,
    );
  }
  io.stderr(`trained ${outcome.step} steps; run folder ${folder.path}`);
  return outcome;
}
