/** How the weights of `--init` are read by a network that sees otherwise than the one they were trained in. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../../src/errors.ts";
import type { DenoiserConfig } from "../../src/model/denoiser-config.ts";
import { expectRunFolder } from "../run-folder/read-run.ts";
import { type PretrainConfig, readRunConfig } from "./options.ts";

/**
 * Returns the configuration with `model.isShifted` as the weights of `init` need it: those of an autoregressive run predict the next base,
 * and go on doing so where all is seen (Dream, arXiv:2508.15487; DiffuLLaMA, arXiv:2410.17891).
 *
 * @throws {RunFolderError | ConfigError} when `init` is no pretraining run, or its network cannot become this one
 */
export async function withShift(config: PretrainConfig): Promise<PretrainConfig> {
  const { init, model, train } = config;
  if (init === undefined || hasBegun(config)) return config; // what a run was made with is in its config.yaml
  expectRunFolder(init, "pretrain");
  const from = (await readRunConfig(init)).model;
  const own = model.attention ?? "full";
  const seen = from.attention ?? "full";
  if (own === "causal" && (seen !== "causal" || from.isShifted === true)) {
    throw new ConfigError(
      `expected --init of an autoregressive run with train.objective ${train.objective}, got ${init}, whose positions see what follows them`,
    );
  }
  if (own === "blocks" && (seen === "causal" || from.isShifted === true)) {
    throw new ConfigError(
      `expected --init of a run that predicts each base where it stands with train.objective ${train.objective}, got ${init}, which predicts the next`,
    );
  }
  if (from.isToldNoise === true && model.isToldNoise !== true) {
    throw new ConfigError(
      `expected --init of a run that is not told how noisy rows are with train.objective ${train.objective}, got ${init}, which is`,
    );
  }
  const isShifted = own === "full" && (seen === "causal" || from.isShifted === true);
  if (model.isShifted !== undefined && model.isShifted !== isShifted) {
    throw new ConfigError(
      `expected model.isShifted of ${isShifted} with --init ${init}, got ${model.isShifted}`,
    );
  }
  return isShifted ? { ...config, model: { ...model, isShifted } } : config;
}

/** Whether the run is gone on with; one that was killed before it began is not. */
function hasBegun({ resume, out }: PretrainConfig): boolean {
  return resume && out !== undefined && existsSync(join(out, "config.yaml"));
}

/** The network that weights of `from` fit where the new network is `to`: sizes are the new one's, how rows are read and the head the old one's. */
export function readAs(from: DenoiserConfig, to: DenoiserConfig): DenoiserConfig {
  const { attention: _, blockLength: __, isShifted: ___, headWidth: ____, ...sizes } = to;
  return {
    ...sizes,
    ...(from.attention === undefined ? {} : { attention: from.attention }),
    ...(from.blockLength === undefined ? {} : { blockLength: from.blockLength }),
    ...(from.isShifted === undefined ? {} : { isShifted: from.isShifted }),
    ...(from.headWidth === undefined ? {} : { headWidth: from.headWidth }),
  };
}
