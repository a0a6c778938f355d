/** The objective that a run's configuration names. */

import { autoregressive } from "../src/diffusion/autoregressive.ts";
import {
  type BlockDiffusionOptions,
  blockDiffusion,
  DEFAULT_BLOCK_LENGTH,
} from "../src/diffusion/block-diffusion.ts";
import { d3pm } from "../src/diffusion/d3pm.ts";
import { mdlm } from "../src/diffusion/mdlm.ts";
import { mlm } from "../src/diffusion/mlm.ts";
import { noiseSchedule } from "../src/diffusion/noise.ts";
import type { Objective } from "../src/diffusion/objective.ts";
import { sedd } from "../src/diffusion/sedd.ts";
import { seddUniform } from "../src/diffusion/sedd-uniform.ts";
import { udlm } from "../src/diffusion/udlm.ts";
import type { PretrainConfig } from "./pretrain/options.ts";

export function objectiveOf(config: Pick<PretrainConfig, "model" | "train">): Objective {
  const { train } = config;
  switch (train.objective) {
    case "mdlm":
      return mdlm(noiseSchedule(train.noise), train);
    case "sedd":
      return sedd(noiseSchedule(train.noise), train);
    case "sedd-uniform":
      return seddUniform(noiseSchedule(train.noise));
    case "udlm":
      return udlm(noiseSchedule(train.noise));
    case "d3pm":
      return d3pm(train.timeSteps);
    case "mlm":
      return mlm();
    case "bd3":
      return blockDiffusion(blockOptions(config));
    case "ar":
      return autoregressive();
    default:
      return train.objective satisfies never;
  }
}

/** Blocks of one base are hidden whole if nothing else is asked for: at any other rate their loss is the same on average, and varies. */
function blockOptions({
  model,
  train,
}: Pick<PretrainConfig, "model" | "train">): BlockDiffusionOptions {
  const { blockLength = DEFAULT_BLOCK_LENGTH } = model;
  const { maskFrom = blockLength === 1 ? 1 : 0, maskTo = 1 } = train;
  return { blockLength, rates: { from: maskFrom, to: maskTo } };
}
