/** One process at a time writes a file that takes long, and what belongs beside it. */

import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { FileError } from "../../errors.ts";
import { errorCode } from "../../util/error-code.ts";
import { fileWriteError } from "../../util/file-write-error.ts";
import { type FileLock, type LockRefusals, lockFile } from "../../util/lock/lock-file.ts";
import { isProcessAlive } from "../../util/lock/lock-holder.ts";

/**
 * Locks the writing of `path`, and clears what killed writers left beside it, but for a download's part.
 *
 * @throws {FileError} when another process writes it, or its folder cannot be written
 */
export async function lockForWriting(path: string): Promise<FileLock> {
  try {
    const lock = await lockFile(`${path}.lock`, refusals(path));
    await clearLeftovers(path).catch(async (error: unknown) => {
      await lock.release().catch(() => {}); // the first failure is the one to tell of
      throw error;
    });
    return lock;
  } catch (error) {
    throw errorCode(error) === undefined ? error : fileWriteError(path, error);
  }
}

/**
 * Deletes temporary files of `path`, which this process has locked, and of all that is named after it, and locks on the
 * replacement of a lock, which mean nothing once that is done.
 */
async function clearLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const base = basename(path);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${base}.`)) continue;
    const pid = TEMPORARY.exec(name)?.[1];
    const isLeft =
      pid === undefined ? name.startsWith(`${base}.lock.`) : !isProcessAlive(Number(pid));
    if (isLeft) await rm(join(folder, name), { force: true });
  }
}

/** What every file that is written and then renamed is called until then. */
const TEMPORARY = /\.tmp-(\d+)-[0-9a-f]+$/;

function refusals(path: string): LockRefusals {
  return {
    held: ({ pid, host, since }, state) =>
      new FileError(
        `${path}: expected to be the only one to write it, but process ${pid} on ${host} has been at it since ${since}: ${
          state === "alive"
            ? "wait for it"
            : `whether it still runs cannot be seen from here: if it does not, delete ${path}.lock`
        }`,
      ),
    foreign: (lock) =>
      new FileError(
        `${lock}: expected the record of a lock, got other text; if no gdiff process writes the file, delete it`,
      ),
  };
}
