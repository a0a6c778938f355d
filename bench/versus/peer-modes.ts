/** The ways in which a peer computes. */

import type { WorkloadName } from "../settings.ts";

/** numpy: float32 through the OpenBLAS that it was built with; the rest is PyTorch. */
const PROCESSOR_MODES = ["fp32", "bf16", "fp32-compiled", "bf16-compiled", "numpy"] as const;

/** PyTorch on an NVIDIA GPU; products of float32 stay float32, its default. */
const GPU_MODES = ["cuda-fp32", "cuda-bf16", "cuda-fp32-compiled", "cuda-bf16-compiled"] as const;

export type PeerMode = (typeof PROCESSOR_MODES)[number] | (typeof GPU_MODES)[number];

export const PEER_MODES: readonly PeerMode[] = [...PROCESSOR_MODES, ...GPU_MODES];

const NETWORK: readonly PeerMode[] = ["fp32", "bf16", "fp32-compiled", "bf16-compiled"];

const OF_WORKLOAD: Readonly<Record<WorkloadName, readonly PeerMode[]>> = {
  "train-step": [...NETWORK, ...GPU_MODES],
  forward: [...NETWORK, ...GPU_MODES],
  gemm: ["fp32", "bf16", "numpy"],
  attention: ["fp32", "bf16"],
  sample: [],
  ancestral: NETWORK,
};

/** The modes that a workload has, of those that were asked for; without a wish all that need no GPU. */
export function peerModesOf(
  workload: WorkloadName,
  asked?: readonly PeerMode[],
): readonly PeerMode[] {
  const wanted = asked ?? PROCESSOR_MODES;
  return OF_WORKLOAD[workload].filter((mode) => wanted.some((each) => each === mode));
}
