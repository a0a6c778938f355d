/**
 * Files that are either there whole or not there: written beside their place, flushed to the disk, renamed into
 * it. A reader, a kill or a power cut sees the old file or the new one.
 */

import { randomBytes } from "node:crypto";
import { closeSync, openSync, realpathSync, rmSync, statSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { FileError } from "../errors.ts";
import { errorCode } from "./error-code.ts";
import { fileWriteError } from "./file-write-error.ts";
import { syncFolder } from "./sync-folder.ts";

const PERMISSIONS = 0o777;

/**
 * Writes `bytes` to `path`, in place of what was there; of a symbolic link, the file that it leads to is replaced;
 * its permissions stay.
 *
 * @throws {FileError} when the folder is missing, the disk is full, writing is not allowed, or something that is no
 *   regular file has the name; `path` is then as before
 */
export async function writeFileAtomic(path: string, bytes: Uint8Array): Promise<void> {
  await writePiecesAtomic(path, [bytes]);
}

/**
 * Writes `pieces`, one after the other, as `writeFileAtomic` does; only one is in memory at a time.
 *
 * @throws {FileError} as `writeFileAtomic`
 * @throws whatever `pieces` throws; `path` is then as before
 */
export async function writePiecesAtomic(
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const target = replaceable(path);
  const beside = besideOf(target);
  try {
    await writeFlushed(beside, pieces, statSync(target, { throwIfNoEntry: false })?.mode);
    await rename(beside, target);
    await syncFolder(dirname(target));
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => {}); // the first failure is the one to tell of
    throw errorCode(cause) === undefined ? cause : fileWriteError(path, cause);
  }
}

/**
 * Checks what can be checked before hours of work: that `writeFileAtomic` may write `path` now.
 *
 * @throws {FileError} as `writeFileAtomic`, but for a full disk
 */
export function checkWritable(path: string): void {
  const beside = besideOf(replaceable(path));
  try {
    closeSync(openSync(beside, "wx")); // permission bits alone do not tell: lists, quotas, other machines' rules
    rmSync(beside);
  } catch (cause) {
    throw fileWriteError(path, cause);
  }
}

function besideOf(target: string): string {
  return `${target}.tmp-${process.pid}-${randomBytes(4).toString("hex")}`;
}

/** The file that is to be replaced: `path`, or where its links lead, if to anything. @throws {FileError} when it is no regular file */
function replaceable(path: string): string {
  try {
    const target = realpathSync(path);
    const stats = statSync(target);
    if (stats.isFile()) return target;
    throw refusal(path, stats.isDirectory() ? "a folder" : "a pipe or device");
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    if (errorCode(cause) === "ENOENT") return path;
    throw fileWriteError(path, cause);
  }
}

function refusal(path: string, found: string): FileError {
  return new FileError(
    `${path}: expected to write the file, but ${found} has that name: choose another path`,
  );
}

/** @param mode of the file that is replaced: who may not read that may not read this */
async function writeFlushed(
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  mode: number | undefined,
): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    // The umask may have taken from it; to be narrower than before does no harm.
    if (mode !== undefined) await file.chmod(mode & PERMISSIONS).catch(() => {});
    for await (const piece of pieces) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}
