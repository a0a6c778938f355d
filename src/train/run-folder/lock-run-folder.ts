/**
 * One process at a time writes into a run folder. The lock is a file that is created whole or not at all. A lock
 * of a dead process is replaced under a second lock, named for the dead one's id: of all that saw it dead only one
 * replaces it, and whoever comes later finds another id.
 */

import { randomBytes } from "node:crypto";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { RunFolderError } from "../../errors.ts";
import { errorCode } from "../../util/error-code.ts";
import { clearLeftovers } from "./clear-leftovers.ts";
import { diskFailure } from "./disk-failure.ts";
import {
  formatHolder,
  holderState,
  type LockHolder,
  newLockHolder,
  parseHolder,
} from "./lock-holder.ts";

const LOCK_NAME = "run.lock";
/** File systems without hard links: exFAT, object stores. */
const NO_LINKS: readonly string[] = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

export interface RunFolderLock {
  /** Gives the folder free; a second call does nothing. */
  release(): Promise<void>;
}

/**
 * Locks an existing run folder for this process, over a lock that a dead process of this host, or an earlier life of
 * this Slurm job on another host, left.
 *
 * @throws {RunFolderError} when another process holds it, or may hold it on another host
 * @throws {FileError} when the folder cannot be written
 */
export async function lockRunFolder(runFolder: string): Promise<RunFolderLock> {
  const path = join(runFolder, LOCK_NAME);
  try {
    const lock = await takeLock(path, runFolder);
    try {
      await clearLeftovers(runFolder, LOCK_NAME);
      return lock;
    } catch (error) {
      await lock.release().catch(() => {}); // the first failure is the one to tell of
      throw error;
    }
  } catch (error) {
    throw diskFailure(error, "write", path);
  }
}

async function takeLock(path: string, runFolder: string): Promise<RunFolderLock> {
  const mine = newLockHolder();
  const fresh = `${path}.tmp-${mine.pid}-${randomBytes(6).toString("hex")}`;
  await writeWhole(fresh, formatHolder(mine));
  try {
    while (!(await createFrom(fresh, path, mine))) {
      const holder = await readHolder(path);
      if (holder === undefined) continue; // released between the two calls
      expectDead(holder, runFolder);
      if (await replace(path, holder, fresh, runFolder)) break;
    }
  } finally {
    await rm(fresh, { force: true });
  }
  return { release: () => release(path, mine) };
}

/** Creates the lock unless it exists: a hard link appears with its content, where a new file is empty at first. */
async function createFrom(fresh: string, path: string, mine: LockHolder): Promise<boolean> {
  try {
    await link(fresh, path).catch(async (error: unknown) => {
      if (!NO_LINKS.includes(errorCode(error) ?? "")) throw error;
      await writeWhole(path, formatHolder(mine));
    });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** Puts `fresh` in the place of the dead holder's lock; false when another process was quicker. */
async function replace(
  path: string,
  dead: LockHolder,
  fresh: string,
  runFolder: string,
): Promise<boolean> {
  const turn = await takeLock(`${path}.${dead.id}`, runFolder);
  try {
    const current = await readHolder(path);
    if (current?.id !== dead.id) return false;
    await rename(fresh, path);
    return true;
  } finally {
    await turn.release();
  }
}

function expectDead(holder: LockHolder, runFolder: string): void {
  const state = holderState(holder);
  if (state === "dead") return;
  const who = `process ${holder.pid} on ${holder.host} has held it since ${holder.since}`;
  const remedy =
    state === "alive"
      ? "wait for it to end, stop it, or choose another run folder"
      : `whether it still runs cannot be seen from here: if it does not, delete ${join(runFolder, LOCK_NAME)}`;
  throw new RunFolderError(
    `${runFolder}: expected a run folder that no other process uses, but ${who}; ${remedy}`,
  );
}

async function readHolder(path: string): Promise<LockHolder | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
  const holder = parseHolder(text);
  if (holder !== undefined) return holder;
  throw new RunFolderError(
    `${path}: expected the record of a lock, got other text; if no gdiff process uses the folder, delete the file`,
  );
}

async function release(path: string, mine: LockHolder): Promise<void> {
  try {
    const current = await readHolder(path);
    if (current?.id !== mine.id) return;
    await rm(path, { force: true }); // whoever replaced the dead lock may clear this one as a leftover just now
  } catch (error) {
    if (!(error instanceof RunFolderError)) throw diskFailure(error, "delete", path);
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
