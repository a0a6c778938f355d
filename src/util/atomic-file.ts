/**
 * Files that are either there whole or not there: written beside their place, flushed to the disk, renamed into
 * it. A reader, a kill or a power cut sees the old file or the new one.
 */

import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { fileWriteError } from "./file-write-error.ts";

/**
 * Writes `bytes` to `path`, in place of what was there.
 *
 * @throws {FileError} when the folder is missing, the disk is full or writing is not allowed; `path` is then as before
 */
export async function writeFileAtomic(path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.tmp-${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    await writeFlushed(beside, bytes);
    await rename(beside, path);
    await flushFolder(dirname(path));
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => {}); // the first failure is the one to tell of
    throw fileWriteError(path, cause);
  }
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename in the folder last; Windows opens no folders and needs no such call. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
