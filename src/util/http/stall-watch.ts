/** Answers that stop coming are given up; a reader that takes its time is not. */

import { formatDuration } from "../format.ts";
import { TransientFailure } from "./transient-failure.ts";

/** Bytes that count as coming forward; a server that sends one now and then stalls all the same. */
const LEAST_BYTES = 1024;

/** Awaits `promise`, and calls `giveUp` when it takes longer than `ms`. */
export async function within<T>(promise: Promise<T>, ms: number, giveUp: () => void): Promise<T> {
  const timer = setTimeout(giveUp, ms);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Yields the pieces of `body`; when a kibibyte takes longer than `stallMs` to come, calls `giveUp`, which must make
 * `body` fail. Time between two demands does not count.
 */
export async function* stallWatched(
  body: AsyncIterable<Uint8Array>,
  stallMs: number,
  giveUp: () => void,
): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  let waited = 0;
  let came = 0;
  try {
    while (true) {
      const start = performance.now();
      const next = await within(pieces.next(), Math.max(1, stallMs - waited), giveUp);
      if (next.done === true) return;
      waited += performance.now() - start;
      came += next.value.length;
      if (came >= LEAST_BYTES) [waited, came] = [0, 0];
      yield next.value;
    }
  } finally {
    await pieces.return?.();
  }
}

export function stalled(name: string, stallMs: number): TransientFailure {
  return new TransientFailure(
    `${name}: expected the next bytes, but none came for ${formatDuration(stallMs)}`,
  );
}
