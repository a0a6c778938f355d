/** Several trials at once, each on its share of the threads. */

import { setMaxListeners } from "node:events";
import { availableParallelism } from "node:os";
import { threadsFor } from "../../src/util/addon/settings.ts";

/** Threads that each of `jobs` processes has. */
export function jobThreads(jobs: number): number {
  return Math.max(1, Math.floor(threadsFor(process.env, availableParallelism()) / jobs));
}

/**
 * Works on all items in their order, `jobs` at once. Once one fails the others are told to stop, and have saved when this throws.
 *
 * @param work resolves when its item is done, or has stopped since the signal that it is given aborted
 * @throws the reason of `signal` when it aborted
 * @throws what the first of those that failed threw
 */
export async function runJobs<Item>(
  items: readonly Item[],
  jobs: number,
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  setMaxListeners(0, either); // one a job
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (either.aborted) return;
      await work(next, either);
    }
  };
  const workers = Array.from({ length: jobs }, () =>
    worker().catch((error: unknown) => {
      failure.abort();
      throw error;
    }),
  );
  const ends = await Promise.allSettled(workers);
  signal.throwIfAborted();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
