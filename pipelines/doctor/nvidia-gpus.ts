/** NVIDIA's GPUs, as its own program lists them. */

import { spawnSync } from "node:child_process";

export interface NvidiaGpu {
  /** "NVIDIA H200". */
  readonly name: string;
  /** "143771 MiB". */
  readonly memory: string;
  /** Of the driver, "550.54.15". */
  readonly driver: string;
}

const QUERY = ["--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"];
const PATIENCE_MS = 10_000;

/** Asks nvidia-smi; undefined where there is none or it does not work. */
export function nvidiaGpus(
  env: Readonly<Record<string, string | undefined>>,
): readonly NvidiaGpu[] | undefined {
  const { status, stdout } = spawnSync("nvidia-smi", QUERY, {
    ...{ env, encoding: "utf8", timeout: PATIENCE_MS },
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (status !== 0) return undefined;
  return stdout.split("\n").flatMap((line) => {
    const [name, memory, driver] = line.split(", ").map((field) => field.trim());
    return name && memory && driver ? [{ name, memory, driver }] : [];
  });
}

/** One line each. */
export function gpuLines(gpus: readonly NvidiaGpu[] | undefined): string[] {
  if (gpus === undefined) return ["no NVIDIA GPU (nvidia-smi does not answer)"];
  if (gpus.length === 0) return ["no NVIDIA GPU (nvidia-smi lists none)"];
  return gpus.map(
    ({ name, memory, driver }, number) => `${number}: ${name}, ${memory}, driver ${driver}`,
  );
}
