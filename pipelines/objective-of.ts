/** The objective that a run's configuration names. */

import { autoregressive } from "../src/diffusion/autoregressive.ts";
import { mdlm } from "../src/diffusion/mdlm.ts";
import { mlm } from "../src/diffusion/mlm.ts";
import { noiseSchedule } from "../src/diffusion/noise.ts";
import type { Objective } from "../src/diffusion/objective.ts";
import { sedd } from "../src/diffusion/sedd.ts";
import { udlm } from "../src/diffusion/udlm.ts";
import type { PretrainConfig } from "./pretrain/options.ts";

export function objectiveOf({ train }: Pick<PretrainConfig, "train">): Objective {
  switch (train.objective) {
    case "mdlm":
      return mdlm(noiseSchedule(train.noise), train);
    case "sedd":
      return sedd(noiseSchedule(train.noise), train);
    case "udlm":
      return udlm(noiseSchedule(train.noise));
    case "mlm":
      return mlm();
    case "ar":
      return autoregressive();
    default:
      return train.objective satisfies never;
  }
}
