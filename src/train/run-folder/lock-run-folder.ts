/** One process at a time writes into a run folder. */

import { join } from "node:path";
import { RunFolderError } from "../../errors.ts";
import { type FileLock, type LockRefusals, lockFile } from "../../util/lock/lock-file.ts";
import { clearLeftovers } from "./clear-leftovers.ts";
import { diskFailure } from "./disk-failure.ts";

const LOCK_NAME = "run.lock";

/**
 * Locks an existing run folder for this process, over a lock that a dead process of this host, or an earlier life of
 * this Slurm job on another host, left.
 *
 * @throws {RunFolderError} when another process holds it, or may hold it on another host
 * @throws {FileError} when the folder cannot be written
 */
export async function lockRunFolder(runFolder: string): Promise<FileLock> {
  const path = join(runFolder, LOCK_NAME);
  try {
    const lock = await lockFile(path, refusals(runFolder, path));
    try {
      await clearLeftovers(runFolder, LOCK_NAME);
    } catch (error) {
      await lock.release().catch(() => {}); // the first failure is the one to tell of
      throw error;
    }
    return {
      release: () =>
        lock.release().catch((error: unknown) => {
          throw diskFailure(error, "delete", path);
        }),
    };
  } catch (error) {
    throw diskFailure(error, "write", path);
  }
}

function refusals(runFolder: string, lock: string): LockRefusals {
  return {
    held({ pid, host, since }, state) {
      const remedy =
        state === "alive"
          ? "wait for it to end, stop it, or choose another run folder"
          : `whether it still runs cannot be seen from here: if it does not, delete ${lock}`;
      return new RunFolderError(
        `${runFolder}: expected a run folder that no other process uses, but process ${pid} on ${host} has held it since ${since}; ${remedy}`,
      );
    },
    foreign: (path) =>
      new RunFolderError(
        `${path}: expected the record of a lock, got other text; if no gdiff process uses the folder, delete the file`,
      ),
  };
}
