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

/**
 * Threads where nobody says how many. Where bases wait for a server, two hide the waiting. Elsewhere the engine keeps every
 * core busy and a batch takes a percent of a step to make: a worker would take its time from the engine's threads.
 */
const DEFAULT_WORKERS = { remote: 2, local: 0 };

/** Opens the batches of the steps from `step` on; the caller closes them. */
export function openBatches(
  config: PretrainConfig,
  source: WindowSource,
  step: number,
  { signal, stderr }: Pick<PipelineIo, "signal" | "stderr">,
): BatchSource {
  const isRemote = source.windowSync === undefined && config.shards === undefined;
  const workers = config.workers ?? DEFAULT_WORKERS[isRemote ? "remote" : "local"];
  if (workers === 0 || step >= config.train.steps) return localBatches(config, source, step);
  if (hasWorkerModule()) return threadedBatches(config, workers, step, signal);
  stderr(
    `workers (${workers}): batches are made in the main thread, for worker threads need the built gdiff (npm run build)`,
  );
  return localBatches(config, source, step);
}
