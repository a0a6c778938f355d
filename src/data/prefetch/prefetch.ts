/** The taker's side of a ring, and the worker threads that fill it. */

import { type ResourceLimits, Worker } from "node:worker_threads";
import type { WorkerMessage } from "./fill-ring.ts";
import { failureError, workerDeath } from "./portable-failure.ts";
import { ringView, type SharedRing, STOP, sharedRing, WAITER } from "./shared-ring.ts";

export interface PrefetchOptions {
  /** Module of a worker: calls `fillRing` with the ring of its `workerData`. */
  readonly entry: URL;
  /** Given to every worker beside the ring; plain data. */
  readonly task: unknown;
  readonly workers: number;
  readonly slots: number;
  /** Bytes of a unit. */
  readonly slotBytes: number;
  /** Units that there are. */
  readonly units: number;
  /** Ends a wait for a unit. */
  readonly signal: AbortSignal;
  /** Of a worker's heap; absent, Node's own. */
  readonly resourceLimits?: ResourceLimits;
}

/** What a worker finds in its `workerData`. */
export interface WorkerTask<Task> {
  readonly ring: SharedRing;
  readonly task: Task;
}

/** A unit as it was made. */
interface TakenUnit {
  /** The caller's. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Time that making it took in its thread, milliseconds. */
  readonly makeMs: number;
}

export interface Prefetch {
  /**
   * Takes the next unit, in order from 0; waits for it without blocking the event loop. One call at a time.
   *
   * @throws what making the unit threw
   * @throws {GdiffError} E_WORKER when a worker died
   * @throws the reason of the signal when it aborts first
   */
  take(): Promise<TakenUnit>;
  /** Ends the workers; settles once none runs. */
  close(): Promise<void>;
}

/** Starts the workers. */
export function startPrefetch(options: PrefetchOptions): Prefetch {
  const { entry, task, slots, units, signal, resourceLimits } = options;
  const slotBytes = 8 * Math.ceil(options.slotBytes / 8);
  const ring = sharedRing(slots, slotBytes, units);
  const { control, times, turnOf, slotOf } = ringView(ring);
  const failures = new Map<number, Error>(); // of units
  let death: Error | undefined;
  let isClosed = false;
  let wake: () => void = () => {};
  let taken = 0;

  const die = (error: unknown): void => {
    if (!isClosed) death ??= workerDeath(error);
    wake();
  };
  const workers = Array.from({ length: options.workers }, () => {
    const workerData = { ring, task } satisfies WorkerTask<unknown>;
    const worker = new Worker(entry, {
      workerData,
      ...(resourceLimits === undefined ? {} : { resourceLimits }),
    });
    worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "failed") failures.set(message.unit, failureError(message.failure));
      wake();
    });
    worker.on("error", die);
    worker.on("exit", (code) => {
      if (code !== 0) die(`it ended with code ${code}`);
    });
    return worker;
  });

  /** Settles once `isThere` says so; asks after each message. */
  const until = async (isThere: () => boolean): Promise<void> => {
    for (;;) {
      signal.throwIfAborted();
      if (isThere()) return;
      if (death !== undefined) throw death;
      const told = new Promise<void>((resolve) => {
        wake = resolve;
      });
      Atomics.store(control, WAITER, 1);
      if (isThere()) return; // filled before the worker could see the waiter
      await told;
    }
  };
  const stopWaiting = (): void => wake();
  signal.addEventListener("abort", stopWaiting);

  return {
    async take() {
      if (isClosed || taken >= units) {
        throw new RangeError(`internal: expected one of ${units} units to be left to take`);
      }
      const unit = taken;
      const { slot, phaseAt, free, filled } = turnOf(unit);
      await until(() => Atomics.load(control, phaseAt) === filled);
      const makeMs = times[slot] as number;
      if (Number.isNaN(makeMs)) {
        await until(() => failures.has(unit));
        throw failures.get(unit) as Error;
      }
      const bytes = new Uint8Array(slotOf(unit)); // a copy: the slot is somebody else's from here on
      taken++;
      Atomics.store(control, phaseAt, (free + 2) | 0);
      Atomics.notify(control, phaseAt);
      return { bytes, makeMs };
    },
    async close() {
      isClosed = true;
      signal.removeEventListener("abort", stopWaiting);
      Atomics.store(control, STOP, 1);
      for (let at = 0; at < control.length; at++) Atomics.notify(control, at);
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
