import type { Readable } from "node:stream";

/** Bytes that wait to be read before the sender is held up. */
const MAX_WAITING_BYTES = 2 ** 18;

/**
 * Yields what comes out of `body`, to the last byte before an error. A stream's own iterator drops what was not read
 * yet when an error comes; of a download that is all that a short connection brought.
 */
export function bodyPieces(body: Readable): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let isOver = false;
  let error: unknown;
  let wake: () => void = () => {};
  body.on("data", (piece: Uint8Array) => {
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes > MAX_WAITING_BYTES) body.pause();
    wake();
  });
  body.on("error", (cause) => {
    error ??= cause;
  });
  body.on("close", () => {
    isOver = true;
    wake();
  });

  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      while (true) {
        const piece = waiting.shift();
        if (piece !== undefined) {
          waitingBytes -= piece.length;
          yield piece;
        } else if (isOver) {
          if (error !== undefined) throw error;
          return;
        } else {
          body.resume();
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      body.destroy();
    }
  }
  return pieces();
}
