/** Where bytes come from: memory, a local file, a decompressed view, later an HTTP range. Asks for the least. */

import { FileError } from "../errors.ts";

export interface ByteSource {
  /** What messages call it: a path or URL. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /**
   * Reads exactly `length` bytes from `offset`, into the start of `into` when given, else into memory the caller owns.
   *
   * @throws {FileError} when the range does not lie inside the source
   */
  read(offset: number, length: number, into?: Uint8Array): Promise<Uint8Array>;
  /** The same without a promise, where the source can: local files and memory. */
  readSync?(offset: number, length: number, into?: Uint8Array): Uint8Array;
  /** Number of the open file that the bytes lie in as they are, where there is one: for loops that read by themselves. */
  descriptor?(): number | undefined;
  close(): Promise<void>;
}

/** @throws {FileError} when `[offset, offset + length)` does not lie inside `source` */
export function checkByteRange(
  source: Pick<ByteSource, "name" | "size">,
  offset: number,
  length: number,
): void {
  const isInside =
    Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (isInside && offset + length <= source.size) return;
  throw new FileError(
    `${source.name}: expected ${length} bytes at byte ${offset}, but it has only ${source.size} (was it cut or replaced?)`,
  );
}
