/** What TensorFlow reads of the environment when it loads, set where the user has not. */

import { BackendError } from "../../errors.ts";

/** Defaults of gdiff; what is set already stays. */
const DEFAULTS: Readonly<Record<string, string>> = {
  // Without it TensorFlow takes all memory of every GPU at once.
  TF_FORCE_GPU_ALLOW_GROWTH: "true",
  // Products of float32 stay float32; 1 lets cuBLAS round their operands to TF32.
  NVIDIA_TF32_OVERRIDE: "0",
  // Warnings of how it was compiled are no news to who trains.
  TF_CPP_MIN_LOG_LEVEL: "2",
};

/**
 * Sets what is missing, and which GPU is seen.
 *
 * @param device number of a GPU as nvidia-smi counts them, or "cpu"; absent is the first
 * @throws {BackendError} for another device
 */
export function setEnvironment(
  device: string | undefined,
  env: Record<string, string | undefined> = process.env,
): void {
  for (const [name, value] of Object.entries(DEFAULTS)) env[name] ??= value;
  if (device === undefined) return;
  if (device !== "cpu" && !/^\d+$/.test(device)) {
    throw new BackendError(
      `expected --device of backend tensorflow to be a GPU's number (nvidia-smi -L lists them) or cpu, got ${device}`,
    );
  }
  env.CUDA_VISIBLE_DEVICES = device === "cpu" ? "" : device;
}
