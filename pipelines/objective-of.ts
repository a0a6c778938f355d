/** The objective that a run's configuration names. */

import { mdlm } from "../src/diffusion/mdlm.ts";
import { noiseSchedule } from "../src/diffusion/noise.ts";
import type { Objective } from "../src/diffusion/objective.ts";
import type { PretrainConfig } from "./pretrain/options.ts";

export function objectiveOf({ train }: PretrainConfig): Objective {
  return mdlm(noiseSchedule(train.noise), train.maskWarmup);
}
