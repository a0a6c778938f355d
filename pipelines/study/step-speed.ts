/** How long a training step took, from the log of a run. */

import { quantile } from "../../src/stats/uncertainty/quantile.ts";
import type { ReadMetricsRecord } from "../../src/train/run-folder/metrics-lines.ts";

export interface StepSpeed {
  /** The median of steps that had no validation, and did not begin the log; undefined without such steps. */
  readonly secondsPerStep: number | undefined;
  /** Of all training, validations and saving too. */
  readonly seconds: number;
}

/** @param records of `metrics.jsonl` */
export function stepSpeed(records: readonly ReadMetricsRecord[]): StepSpeed {
  const steps: number[] = [];
  for (const [i, { seconds, validBits }] of records.entries()) {
    const before = records[i - 1]?.seconds;
    if (typeof seconds !== "number" || typeof before !== "number") continue;
    if (validBits === undefined && seconds > before) steps.push(seconds - before);
  }
  const total = records.at(-1)?.seconds;
  return {
    secondsPerStep:
      steps.length === 0
        ? undefined
        : quantile(
            steps.sort((a, b) => a - b),
            0.5,
          ),
    seconds: typeof total === "number" ? total : 0,
  };
}
