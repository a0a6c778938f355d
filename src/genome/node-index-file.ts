/** Index files beside a genome: read when there, written whole or not at all. */

import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { IndexFileError } from "../errors.ts";
import { formatBytes } from "../util/format.ts";
import { errorCode, fileError, openFileSource } from "./node-file-source.ts";

/** An index file as it was found. */
export interface FoundIndex {
  readonly bytes: Uint8Array;
  /** Time of the last change, milliseconds. */
  readonly modifiedMs: number;
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
 * Writes an index file: a temporary file beside it, synced, then renamed.
 *
 * @returns a notice when the folder cannot be written or is full, else undefined
 * @throws {FileError} when it fails for another reason
 */
export function writeIndexFile(path: string, bytes: Uint8Array): string | undefined {
  const temporary = `${path}.tmp-${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    const file = openSync(temporary, "wx");
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
    return undefined;
  } catch (cause) {
    rmSync(temporary, { force: true });
    const code = errorCode(cause);
    if (!UNWRITABLE.has(code)) throw fileError(path, cause);
    return `${path} could not be written (${code}): the index is kept in memory and will be built again next time`;
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
