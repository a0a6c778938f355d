import { existsSync } from "node:fs";
import { readMetrics } from "../../src/train/run-folder/read-metrics.ts";

/** Training time that a run's log gives for a step, seconds; 0 where it does not. */
export async function trainingSeconds(path: string, step: number): Promise<number> {
  if (!existsSync(path)) return 0;
  const record = (await readMetrics(path)).findLast((line) => line.step <= step);
  return typeof record?.seconds === "number" ? record.seconds : 0;
}
