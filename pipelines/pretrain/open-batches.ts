/** How many threads make the batches of a run. */

import type { WindowSource } from "../../src/data/window-source.ts";
import type { Residence } from "../../src/genome/genome.ts";
import type { PipelineIo } from "../io.ts";
import {
  type BatchSource,
  hasWorkerModule,
  localBatches,
  threadedBatches,
} from "./batch-source.ts";
import type { PretrainConfig } from "./options.ts";

/**
 * Threads where nobody says how many. Of bases on a server, two hide the waiting; of those in a file, one takes the two to
 * four percent of a step that its batch takes. Bases in memory are there at once, and each worker would hold them again.
 */
export const DEFAULT_WORKERS: Readonly<Record<Residence, number>> = {
  server: 2,
  file: 1,
  memory: 0,
};

/** Opens the batches of the steps from `step` on; the caller closes them. */
export function openBatches(
  config: PretrainConfig,
  source: WindowSource,
  step: number,
  { signal, stderr }: Pick<PipelineIo, "signal" | "stderr">,
): BatchSource {
  const workers = config.workers ?? DEFAULT_WORKERS[source.residence];
  if (source.labelOf !== undefined || workers === 0 || step >= config.train.steps)
    return localBatches(config, source, step);
  if (hasWorkerModule()) return threadedBatches(config, workers, step, signal);
  if (config.workers !== undefined || source.residence === "server") {
    stderr(
      `workers (${workers}): batches are made in the main thread, for worker threads need the built gdiff (npm run build)`,
    );
  }
  return localBatches(config, source, step);
}
