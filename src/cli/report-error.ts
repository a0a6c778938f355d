/** What a failed command says on stderr and exits with. */

import { inspect } from "node:util";
import type { StopRequest } from "../../pipelines/io.ts";
import { ConfigError, EXIT, GdiffError, UsageError } from "../errors.ts";
import { formatOneLine } from "../util/format.ts";
import { OutputClosed } from "./output.ts";
import { signalExitCode } from "./signals.ts";

export interface ErrorReport {
  readonly lines: readonly string[];
  readonly exitCode: number;
}

export interface ErrorContext {
  /** The command whose help is worth reading: "gdiff pretrain". */
  readonly command: string;
  /** Whether stacks are shown for expected errors too. */
  readonly isDebug: boolean;
  /** Set once someone asked the run to stop. */
  readonly stop?: StopRequest | undefined;
}

/** Returns the lines and the exit code of an error: one line for an expected one, the stack for a bug. */
export function errorReport(error: unknown, context: ErrorContext): ErrorReport {
  if (error instanceof OutputClosed) return { lines: [], exitCode: EXIT.done };
  if (error instanceof GdiffError) {
    const lines = [`gdiff: ${error.code}: ${formatOneLine(error.message)}`];
    const isUsage = error instanceof UsageError || error instanceof ConfigError;
    if (isUsage) lines.push(`run ${context.command} --help`);
    if (context.isDebug) lines.push(inspect(error));
    return { lines, exitCode: error.exitCode };
  }
  const { stop } = context;
  if (stop !== undefined && isStop(error, stop)) {
    const lines = [`gdiff: E_STOPPED: stopped by ${stop.signal}; there is nothing to resume`];
    return { lines, exitCode: signalExitCode(stop.signal) };
  }
  const lines = [
    `gdiff: unexpected: ${inspect(error)}`,
    "this is a bug in gdiff: please report it",
  ];
  return { lines, exitCode: EXIT.failure };
}

/** What `signal.throwIfAborted()` and Node's own functions throw after an abort. */
function isStop(error: unknown, stop: StopRequest): boolean {
  return error === stop || (error instanceof Error && error.name === "AbortError");
}
