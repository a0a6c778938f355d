import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isProcessAlive } from "../../util/lock/lock-holder.ts";

/** What every file that is written and then renamed is called until then: `metrics.jsonl.tmp-PID-RANDOM`. */
const TEMPORARY = /\.tmp-(\d+)-[0-9a-z]+$/;

/**
 * Deletes what killed processes left in a run folder that this process has locked: their temporary files, and locks
 * on the replacement of a lock (`run.lock.ID`), which mean nothing once that lock is replaced.
 */
export async function clearLeftovers(runFolder: string, lockName: string): Promise<void> {
  for (const name of await readdir(runFolder)) {
    const pid = TEMPORARY.exec(name)?.[1];
    const isLeft =
      pid === undefined ? name.startsWith(`${lockName}.`) : !isProcessAlive(Number(pid));
    if (isLeft) await rm(join(runFolder, name), { force: true });
  }
}
