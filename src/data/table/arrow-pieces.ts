/** Bytes that the writer of Arrow IPC has made so far. */

import type * as arrowModule from "apache-arrow";

/** A sink for the library's writer that hands over what it gets: its own queue would grow to the file's size. */
export function collectPieces(
  arrow: typeof arrowModule,
  pieces: Uint8Array[],
): arrowModule.AsyncByteQueue {
  return new (class extends arrow.AsyncByteQueue {
    override write(value: Uint8Array): void {
      if (value.byteLength > 0) pieces.push(value);
    }
  })();
}
