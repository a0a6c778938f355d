/** How many threads make the batches of a run. */

import type { WindowSource } from "../../src/data/window-source.ts";
import type { PipelineIo } from "../io.ts";
import {
  type BatchSource,
  hasWorkerModule,
  localBatches,
  threadedBatches,
} from "./batch-source.ts";
import type { PretrainConfig } from "./options.ts";

/** Opens the batches of the steps from `step` on; the caller closes them. */
export function openBatches(
  config: PretrainConfig,
  source: WindowSource,
  step: number,
  { signal, stderr }: Pick<PipelineIo, "signal" | "stderr">,
): BatchSource {
  const workers = config.workers ?? 0;
  if (workers === 0 || step >= config.train.steps) return localBatches(config, source, step);
  if (hasWorkerModule()) return threadedBatches(config, workers, step, signal);
  stderr(
    `--workers ${workers}: batches are made in the main thread, for worker threads need the built gdiff (npm run build)`,
  );
  return localBatches(config, source, step);
}
