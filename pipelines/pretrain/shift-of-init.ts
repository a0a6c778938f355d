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
  const { init } = config;
  if (init === undefined || hasBegun(config)) return config; // what a run was made with is in its config.yaml
  expectRunFolder(init, "pretrain");
  const from = (await readRunConfig(init)).model;
  const misfit = misfitOf(from, config);
  if (misfit !== undefined) {
    const { needed, reason, got } = misfit;
    throw new ConfigError(`expected --init of ${needed} with ${reason}, got ${init}, ${got}`);
  }
  return shiftedAfter(from, config);
}

/** Why a network cannot go on from another's weights. */
interface Misfit {
  /** The run that it needs: `an autoregressive run`. */
  readonly needed: string;
  /** What needs it: `train.objective ar`. */
  readonly reason: string;
  /** What the other run is, behind its name: `which predicts the next`. */
  readonly got: string;
}

/** Returns why training cannot begin with the weights of a network `from`; undefined where it can. */
export function misfitOf(
  from: DenoiserConfig,
  { model, train }: Pick<PretrainConfig, "model" | "train">,
): Misfit | undefined {
  const reason = `train.objective ${train.objective}`;
  const own = model.attention ?? "full";
  const inPlace = "a run that predicts each base where it stands";
  const next = "which predicts the next";
  if (own === "causal" && (from.attention !== "causal" || from.isShifted === true)) {
    return {
      needed: "an autoregressive run",
      reason,
      got: "whose positions see what follows them",
    };
  }
  if (own === "blocks" && predictsNext(from)) return { needed: inPlace, reason, got: next };
  if (from.isToldNoise === true && model.isToldNoise !== true) {
    return { needed: "a run that is not told how noisy rows are", reason, got: "which is" };
  }
  const isShifted = shiftsAfter(from, model);
  if (model.isShifted === undefined || model.isShifted === isShifted) return undefined;
  const asked = `model.isShifted ${model.isShifted}`;
  return isShifted
    ? { needed: inPlace, reason: asked, got: next }
    : { needed: "a run that predicts the next base", reason: asked, got: "which does not" };
}

/** Returns the configuration as it goes on from a network `from` that fits. */
export function shiftedAfter<Config extends Pick<PretrainConfig, "model">>(
  from: DenoiserConfig,
  config: Config,
): Config {
  const { model } = config;
  return shiftsAfter(from, model) ? { ...config, model: { ...model, isShifted: true } } : config;
}

/** Whether a network goes on predicting the next base as `from` does, though its positions see all. */
function shiftsAfter(from: DenoiserConfig, { attention = "full" }: DenoiserConfig): boolean {
  return attention === "full" && predictsNext(from);
}

/** Whether what stands at a position predicts the base behind it. */
function predictsNext({ attention, isShifted }: DenoiserConfig): boolean {
  return attention === "causal" || isShifted === true;
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
