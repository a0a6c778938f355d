/** The workloads by name. */

import type { WorkloadName } from "../settings.ts";
import { attentionKind } from "./attention.ts";
import { forwardKind } from "./forward.ts";
import { gemmKind } from "./gemm.ts";
import { samplingKind } from "./sampling.ts";
import { trainStepKind } from "./train-step.ts";
import type { WorkloadKind } from "./workload.ts";

export const WORKLOAD_KINDS: Readonly<Record<WorkloadName, WorkloadKind>> = {
  "train-step": trainStepKind,
  forward: forwardKind,
  gemm: gemmKind,
  attention: attentionKind,
  sample: samplingKind("sample", "random-order"),
  ancestral: samplingKind("ancestral", "ancestral"),
};
