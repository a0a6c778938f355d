/** Regular local files as byte sources, read by position: `read` is `readSync` behind a promise, which is faster than the thread pool. */

import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { FileError } from "../errors.ts";
import { errorCode } from "../util/error-code.ts";
import { type ByteSource, checkByteRange } from "./byte-source.ts";

/** Largest single read: the operating system's own limit lies just below 2 GiB. */
const MAX_READ_BYTES = 2 ** 30;

export interface FileSource extends ByteSource {
  readSync(offset: number, length: number, into?: Uint8Array): Uint8Array;
  /** Time of the last change, milliseconds. */
  readonly modifiedMs: number;
}

/**
 * Opens a regular file for reading; the caller closes it.
 *
 * @throws {FileError} when it is missing, not readable, or no regular file
 */
export function openFileSource(path: string): FileSource {
  const [file, stats] = open(path);
  let isOpen = true;
  const where = { name: path, size: stats.size };

  const read = (offset: number, length: number, into?: Uint8Array): Uint8Array => {
    if (!isOpen) throw new FileError(`${path}: expected an open file, but it was closed`);
    checkByteRange(where, offset, length);
    const bytes = into === undefined ? new Uint8Array(length) : into.subarray(0, length);
    if (bytes.length < length) {
      throw new RangeError(`internal: expected room for ${length} bytes, got ${bytes.length}`);
    }
    for (let done = 0; done < length; ) {
      const wanted = Math.min(length - done, MAX_READ_BYTES);
      const got = readSync(file, bytes, done, wanted, offset + done);
      if (got === 0) {
        throw new FileError(
          `${path}: expected ${length} bytes at byte ${offset}, got ${done} (it became shorter while it was read)`,
        );
      }
      done += got;
    }
    return bytes;
  };

  return {
    ...where,
    modifiedMs: stats.mtimeMs,
    readSync: read,
    read: async (offset, length, into) => read(offset, length, into),
    descriptor: () => (isOpen ? file : undefined),
    close: async () => {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}

function open(path: string): [file: number, stats: Stats] {
  try {
    checkRegular(path, statSync(path)); // before opening: to open a named pipe waits for its writer
    const file = openSync(path, "r");
    return [file, fstatSync(file)];
  } catch (cause) {
    throw cause instanceof FileError ? cause : fileError(path, cause);
  }
}

function checkRegular(path: string, stats: Stats): void {
  if (stats.isFile()) return;
  if (stats.isDirectory()) {
    throw new FileError(`${path}: expected a regular file, got a folder`);
  }
  throw new FileError(
    `${path}: expected a regular file, got a pipe or device (write it to a file first)`,
  );
}

/** The failure to open a file as a sentence with its remedy. */
export function fileError(path: string, cause: unknown): FileError {
  const code = errorCode(cause) ?? String(cause);
  return new FileError(`${path}: ${REASONS[code] ?? `cannot be used (${code})`}`, { cause });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file (check the path)",
  ENOTDIR: "no such file (a part of the path is not a folder)",
  EACCES: "permission denied (check who may read it)",
  EPERM: "permission denied (check who may read it)",
  EMFILE: "too many open files (raise the limit with ulimit -n)",
};
