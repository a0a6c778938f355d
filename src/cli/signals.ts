/**
 * Requests to stop. The first signal aborts the run, which saves and ends in its own time; the second ends the
 * process at once with 128 + the signal's number, as a shell reports a process that the signal killed. The end of a program
 * that began this one with a channel counts as SIGTERM.
 */

import { constants } from "node:os";
import type { StopRequest } from "../../pipelines/io.ts";
import { EXIT } from "../errors.ts";
import type { EventSource } from "./host.ts";

const REQUESTS: readonly StopRequest[] = [
  { signal: "SIGINT", exitCode: EXIT.interrupted },
  { signal: "SIGTERM", exitCode: EXIT.stoppedResumable },
  { signal: "SIGUSR1", exitCode: EXIT.stoppedResumable },
];

export interface StopListener {
  /** Aborts at the first signal, with a StopRequest as its reason. */
  readonly signal: AbortSignal;
  /** Gives the signals back to the system's defaults. */
  close(): void;
}

/** Exit code of a process that ends by a signal: 130 for SIGINT, 143 for SIGTERM. */
export function signalExitCode(signal: StopRequest["signal"]): number {
  return 128 + constants.signals[signal];
}

/**
 * Listens for SIGINT, SIGTERM and SIGUSR1 on `source`.
 *
 * @param notice writes one line for the person who waits
 * @param exit ends the process; called at the second signal
 */
export function listenForStop(
  source: EventSource,
  notice: (line: string) => void,
  exit: (code: number) => void,
): StopListener {
  const controller = new AbortController();
  const listeners = REQUESTS.map((request) => {
    const listener = (): void => {
      if (controller.signal.aborted) {
        exit(signalExitCode(request.signal));
        return;
      }
      notice(`${request.signal}: stopping; a second signal stops at once`);
      controller.abort(request);
    };
    source.on(request.signal, listener);
    return { name: request.signal, listener };
  });
  const orphaned = (): void => {
    if (controller.signal.aborted) return;
    notice("the program that began this one has ended: stopping");
    controller.abort({ signal: "SIGTERM", exitCode: EXIT.stoppedResumable } satisfies StopRequest);
  };
  source.on("disconnect", orphaned);
  const close = (): void => {
    source.off("disconnect", orphaned);
    for (const { name, listener } of listeners) source.off(name, listener);
  };
  return { signal: controller.signal, close };
}
