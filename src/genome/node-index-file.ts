/** Index files beside a genome: read when there, written whole or not at all. */

import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { IndexFileError } from "../errors.ts";
import { writeFileAtomic } from "../util/atomic-file.ts";
import { errorCode } from "../util/error-code.ts";
import { fileWriteError } from "../util/file-write-error.ts";
import { formatBytes } from "../util/format.ts";
import { openFileSource } from "./node-file-source.ts";

/** An index file as it was found. */
export interface FoundIndex {
  readonly bytes: Uint8Array;
  /** Time of the last change, milliseconds; only of a local file. */
  readonly modifiedMs?: number;
}

/**
 * Reads an index file; undefined when there is none.
 *
 * @throws {FileError} when it cannot be read
 * @throws {IndexFileError} when it is longer than `maxBytes`
 */
export async function readIndexFile(
  path: string,
  maxBytes: number,
): Promise<FoundIndex | undefined> {
  let source: ReturnType<typeof openFileSource>;
  try {
    source = openFileSource(path);
  } catch (cause) {
    if (cause instanceof Error && errorCode(cause.cause) === "ENOENT") return undefined;
    throw cause;
  }
  try {
    if (source.size > maxBytes) {
      throw new IndexFileError(
        `${path}: expected at most ${formatBytes(maxBytes)}, got ${formatBytes(source.size)} (delete it and it will be rebuilt)`,
      );
    }
    return { bytes: source.readSync(0, source.size), modifiedMs: source.modifiedMs };
  } finally {
    await source.close();
  }
}

/** Reasons for which a genome is used all the same, with its index in memory. */
const UNWRITABLE: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT"]);

/**
 * Writes an index file, whole or not at all.
 *
 * @param elsewhere where it is kept when its own folder cannot be written or is full; folders on the way are made
 * @returns a notice when it is not at `path`, else undefined
 * @throws {FileError} when it fails for another reason
 */
export async function writeIndexFile(
  path: string,
  bytes: Uint8Array,
  elsewhere?: string,
): Promise<string | undefined> {
  const code = await tryToWrite(path, bytes);
  if (code === undefined) return undefined;
  const where = (await isKept(elsewhere, bytes))
    ? `the index is kept as ${elsewhere}`
    : "the index is kept in memory and will be built again next time";
  return `${path} could not be written (${code}): ${where}`;
}

async function isKept(path: string | undefined, bytes: Uint8Array): Promise<boolean> {
  if (path === undefined) return false;
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (cause) {
    if (UNWRITABLE.has(errorCode(cause) ?? "")) return false;
    throw fileWriteError(path, cause);
  }
  return (await tryToWrite(path, bytes)) === undefined;
}

/** Returns the system's code where the folder cannot be written or is full, undefined when the file is written. */
async function tryToWrite(path: string, bytes: Uint8Array): Promise<string | undefined> {
  try {
    await writeFileAtomic(path, bytes);
    return undefined;
  } catch (error) {
    const code = (error instanceof Error && errorCode(error.cause)) || "";
    if (UNWRITABLE.has(code)) return code;
    throw error;
  }
}
