/** Parsers that ask for bytes as they go, written once for sources that are read at once and for those that are not. */

import type { ByteSource } from "./byte-source.ts";

/** Bytes that a parser wants next: `length` at `offset`. */
type ByteRange = readonly [offset: number, length: number];

/** A parser: yields ranges, is sent their bytes, returns what it made of them. */
export type ByteSteps<T> = Generator<ByteRange, T, Uint8Array>;

/** Runs a parser over a source that can be read at once. */
export function runSteps<T>(steps: ByteSteps<T>, readSync: NonNullable<ByteSource["readSync"]>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next(readSync(...step.value));
  return step.value;
}

/** Runs a parser over any source. */
export async function awaitSteps<T>(
  steps: ByteSteps<T>,
  source: Pick<ByteSource, "read">,
): Promise<T> {
  let step = steps.next();
  while (step.done !== true) step = steps.next(await source.read(...step.value));
  return step.value;
}
