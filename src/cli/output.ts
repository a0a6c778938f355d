/** Writes to the two streams. A reader that closes stdout early is not an error: `gdiff generate … | head`. */

import { FileError } from "../errors.ts";
import type { OutputStream } from "./host.ts";

/** stdout has no reader any more; the command ends quietly. */
export class OutputClosed extends Error {
  override readonly name = "OutputClosed";
}

/**
 * Writes text and settles once the stream has taken it.
 *
 * @throws {OutputClosed} when the reader has gone
 * @throws {FileError} when stdout is a file that cannot be written, on a full disk for one
 */
export function writeOut(stream: OutputStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(writeError(error)) : resolve()));
  });
}

/** Keeps a failing stream from ending the process: a write to stdout rejects, a notice to stderr is lost. */
export function ignoreStreamErrors(...streams: readonly OutputStream[]): void {
  for (const stream of streams) stream.on("error", () => {});
}

function writeError(error: Error & { code?: string }): Error {
  const isGone = error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED";
  if (isGone) return new OutputClosed("stdout was closed by its reader", { cause: error });
  return new FileError(`cannot write to stdout: ${error.message}`, { cause: error });
}
