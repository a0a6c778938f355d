/** A worker thread that makes micro-batches ahead of the trainer. It opens the data by itself, from the same configuration. */

import { parentPort, workerData } from "node:worker_threads";
import { fillRing } from "../../src/data/prefetch/fill-ring.ts";
import type { WorkerTask } from "../../src/data/prefetch/prefetch.ts";
import { packMicroBatch } from "../../src/train/micro-batch-bytes.ts";
import type { OpenIo } from "../open-named-genome.ts";
import { type BatchTask, microBatches } from "./batch-source.ts";
import { openTrainingData, type TrainingData } from "./training-data.ts";

/** The main thread opened the same data before: all is said, and nothing is left to ask. */
const QUIET: OpenIo = {
  stderr: () => {},
  progress: { update: () => {}, finish: () => {} },
  signal: new AbortController().signal, // the thread is ended as a whole
};

// batch-source.ts starts this module, with this task.
const { ring, task } = workerData as WorkerTask<BatchTask>;
let data: TrainingData | undefined;
try {
  let make: ReturnType<typeof microBatches> | undefined;
  await fillRing(
    ring,
    async (unit, slot) => {
      // Here, so that a failure is told as a unit's is.
      data ??= await openTrainingData(task.config, QUIET);
      make ??= microBatches(task.config, data.source);
      packMicroBatch(await make(task.firstNumber + unit), slot);
    },
    (message) => parentPort?.postMessage(message),
  );
} finally {
  await data?.close();
}
