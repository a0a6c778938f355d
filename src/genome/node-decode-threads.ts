import { availableParallelism } from "node:os";
import { threadsFor } from "../util/addon/settings.ts";

/** Threads beyond this wait for the one that reads and uses what they decode. */
const MOST_THREADS = 8;
/** Compressed bytes below which threads cost more than they save. */
const LEAST_BYTES = 2 ** 23;

/**
 * How many threads decode a BGZF file of `bytes`; 0: the one that asks.
 *
 * @param bytes 0 where it is not known
 * @throws {ConfigError} when the environment's number of threads is none
 */
export function decodeThreads(bytes: number): number {
  const isBuilt = import.meta.url.endsWith(".js"); // threads run built code alone
  if (bytes < LEAST_BYTES || !isBuilt) return 0;
  const threads = threadsFor(process.env, availableParallelism());
  return threads === 1 ? 0 : Math.min(threads, MOST_THREADS);
}
