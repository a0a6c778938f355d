/** The ways in which a peer computes. */

import type { WorkloadName } from "../settings.ts";

/** numpy: float32 through the OpenBLAS that it was built with; the rest is PyTorch. */
export const PEER_MODES = ["fp32", "bf16", "fp32-compiled", "bf16-compiled", "numpy"] as const;

export type PeerMode = (typeof PEER_MODES)[number];

const OF_WORKLOAD: Readonly<Record<WorkloadName, readonly PeerMode[]>> = {
  "train-step": ["fp32", "bf16", "fp32-compiled", "bf16-compiled"],
  forward: ["fp32", "bf16", "fp32-compiled", "bf16-compiled"],
  gemm: ["fp32", "bf16", "numpy"],
  attention: ["fp32", "bf16"],
  sample: [],
  ancestral: ["fp32", "bf16", "fp32-compiled", "bf16-compiled"],
};

/** The modes that a workload has, of those that were asked for; all without a wish. */
export function peerModesOf(
  workload: WorkloadName,
  asked?: readonly PeerMode[],
): readonly PeerMode[] {
  const possible = OF_WORKLOAD[workload];
  return asked === undefined ? possible : possible.filter((mode) => asked.includes(mode));
}
