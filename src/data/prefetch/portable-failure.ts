/** An error as one thread tells another: classes do not survive the way, what the user is told does. */

import { EXIT, type ExitCode, GdiffError } from "../../errors.ts";

export interface PortableFailure {
  readonly message: string;
  readonly stack: string;
  /** Of a GdiffError; absent for a bug. */
  readonly expected?: { readonly code: string; readonly exitCode: ExitCode };
}

/** Returns what there is to tell of an error. */
export function describeFailure(error: unknown): PortableFailure {
  if (error instanceof GdiffError) {
    const { message, stack = message, code, exitCode } = error;
    return { message, stack, expected: { code, exitCode } };
  }
  if (error instanceof Error)
    return { message: error.message, stack: error.stack ?? error.message };
  return { message: String(error), stack: String(error) };
}

/** Returns the error again: the same code, exit code and message, thrown from the same place. */
export function failureError({ message, stack, expected }: PortableFailure): Error {
  const error =
    expected === undefined
      ? new Error(message)
      : new GdiffError(expected.code, expected.exitCode, message);
  error.stack = stack;
  return error;
}

/** An error that ended a whole worker, with its remedy. */
export function workerDeath(error: unknown): GdiffError {
  const isMemory =
    error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  const what = isMemory
    ? "ran out of memory"
    : `died: ${error instanceof Error ? error.message : String(error)}`;
  return new GdiffError(
    "E_WORKER",
    EXIT.failure,
    `expected the threads that make windows to live as long as training, but one ${what}: ` +
      "use fewer --workers; --workers 0 makes windows in the main thread",
    { cause: error },
  );
}
