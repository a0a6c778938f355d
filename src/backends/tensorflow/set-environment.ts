/** What TensorFlow reads of the environment when it loads, set where the user has not. */

import { BackendError } from "../../errors.ts";

type Environment = Record<string, string | undefined>;

/** Defaults of gdiff; what is set already stays. */
const DEFAULTS: Readonly<Record<string, string>> = {
  // Without it TensorFlow takes all memory of every GPU at once.
  TF_FORCE_GPU_ALLOW_GROWTH: "true",
  // Products of float32 stay float32; 1 lets cuBLAS round their operands to TF32.
  NVIDIA_TF32_OVERRIDE: "0",
  // Warnings of how it was compiled are no news to who trains.
  TF_CPP_MIN_LOG_LEVEL: "2",
  // GPUs are counted as nvidia-smi counts them, not the fastest first.
  CUDA_DEVICE_ORDER: "PCI_BUS_ID",
};

/**
 * Sets what is missing, and which GPU is seen.
 *
 * @param device a GPU's place among those that CUDA_VISIBLE_DEVICES leaves, which are all where it is not set; or "cpu";
 *   absent is the first
 * @throws {BackendError} for another device; nothing is set then
 */
export function setEnvironment(device: string | undefined, env: Environment = process.env): void {
  const visible = visibleDevices(device, env);
  for (const [name, value] of Object.entries(DEFAULTS)) env[name] ??= value;
  if (visible !== undefined) env.CUDA_VISIBLE_DEVICES = visible;
}

/** Number of the first GPU that TensorFlow sees, as the driver counts; undefined where it is told by another name. */
export function firstVisible(env: Readonly<Environment>): number | undefined {
  const first = (env.CUDA_VISIBLE_DEVICES ?? "0").split(",")[0] ?? "";
  return /^\d+$/.test(first) ? Number(first) : undefined;
}

function visibleDevices(
  device: string | undefined,
  env: Readonly<Environment>,
): string | undefined {
  if (device === undefined) return undefined;
  if (device === "cpu") return "-1"; // an empty value is no value on Windows
  if (!/^\d+$/.test(device)) {
    throw new BackendError(
      `expected --device of backend tensorflow to be a GPU's number (nvidia-smi -L lists them) or cpu, got ${device}`,
    );
  }
  if (env.CUDA_VISIBLE_DEVICES === undefined) return device;
  const left = env.CUDA_VISIBLE_DEVICES.split(",").filter((name) => name !== "");
  const chosen = left[Number(device)];
  if (chosen !== undefined) return chosen;
  throw new BackendError(
    `expected --device of backend tensorflow to be below ${left.length}, the GPUs that CUDA_VISIBLE_DEVICES leaves ` +
      `(${env.CUDA_VISIBLE_DEVICES}), got ${device}`,
  );
}
