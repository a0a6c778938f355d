/** Weights of a run's newest checkpoint, as any program can read them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSafetensors } from "../../../src/tensor/safetensors.ts";

/** Values by name, of `best.safetensors` or `ema.safetensors`. */
export function savedWeights(run: string, file: string): Record<string, Float32Array> {
  const steps = readdirSync(join(run, "checkpoints"))
    .map((name) => Number(/^step-(\d+)$/.exec(name)?.[1]))
    .filter((step) => Number.isInteger(step));
  const path = join(run, "checkpoints", `step-${Math.max(...steps)}`, file);
  const { arrays } = decodeSafetensors(readFileSync(path), path);
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { data }]) => [name, data as Float32Array]),
  );
}
