import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isProcessAlive } from "../../util/lock/lock-holder.ts";

/** What a file that is written and then renamed is called until then. */
const TEMPORARY = /^(.+)\.tmp-(\d+)-[0-9a-f]+$/;

/**
 * Deletes what killed processes left of the files in `names`. Others are left alone: another host's process, whose number
 * means nothing here, may be writing them.
 */
export async function clearTemporaries(folder: string, names: ReadonlySet<string>): Promise<void> {
  for (const file of await readdir(folder)) {
    const [, name = "", pid] = TEMPORARY.exec(file) ?? [];
    if (names.has(name) && !isProcessAlive(Number(pid))) {
      await rm(join(folder, file), { force: true });
    }
  }
}
