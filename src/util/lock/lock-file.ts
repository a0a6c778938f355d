/**
 * One process at a time. The lock is a file that is created whole or not at all. A lock of a dead process is replaced
 * under a second lock, named for the dead one's id: of all that saw it dead only one replaces it, and whoever comes
 * later finds another id.
 */

import { randomBytes } from "node:crypto";
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { errorCode } from "../error-code.ts";
import {
  formatHolder,
  type HolderState,
  holderState,
  type LockHolder,
  newLockHolder,
  parseHolder,
} from "./lock-holder.ts";

/** File systems without hard links: exFAT, object stores. */
const NO_LINKS: readonly string[] = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

export interface FileLock {
  /** Gives the lock free; a second call does nothing. */
  release(): Promise<void>;
}

/** The errors of whoever locks something. */
export interface LockRefusals {
  /** Another process holds the lock, or may hold it on another host. */
  held(holder: LockHolder, state: Exclude<HolderState, "dead">): Error;
  /** The lock file holds other text. */
  foreign(path: string): Error;
}

/**
 * Locks `path` for this process, over a lock that a dead process of this host, or an earlier life of this Slurm job on
 * another host, left.
 *
 * @throws what `refusals` make, and what the operating system says of the folder
 */
export async function lockFile(path: string, refusals: LockRefusals): Promise<FileLock> {
  const mine = newLockHolder();
  const fresh = `${path}.tmp-${mine.pid}-${randomBytes(6).toString("hex")}`;
  await writeWhole(fresh, formatHolder(mine));
  try {
    while (!(await createFrom(fresh, path, mine))) {
      const holder = await readHolder(path, refusals);
      if (holder === undefined) continue; // released between the two calls
      const state = holderState(holder);
      if (state !== "dead") throw refusals.held(holder, state);
      if (await replace(path, holder, fresh, refusals)) break;
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
  refusals: LockRefusals,
): Promise<boolean> {
  const turn = await lockFile(`${path}.${dead.id}`, refusals);
  try {
    const current = await readHolder(path, refusals);
    if (current?.id !== dead.id) return false;
    await rename(fresh, path);
    return true;
  } finally {
    await turn.release();
  }
}

async function readHolder(path: string, refusals: LockRefusals): Promise<LockHolder | undefined> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  const holder = parseHolder(text);
  if (holder !== undefined) return holder;
  throw refusals.foreign(path);
}

async function release(path: string, mine: LockHolder): Promise<void> {
  const text = await readText(path);
  if (text === undefined || parseHolder(text)?.id !== mine.id) return;
  await rm(path, { force: true }); // whoever replaced the dead lock may clear this one as a leftover just now
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
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
