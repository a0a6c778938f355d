import { rm } from "node:fs/promises";
import { isProcessAlive } from "../../util/lock/lock-holder.ts";
import { diskFailure } from "../run-folder/disk-failure.ts";
import { listCheckpoints } from "./checkpoint-names.ts";

/**
 * Deletes the temporary folders of dead processes, of this one's failed calls, and of steps up to
 * `newestStep`, which needs none any more. Needs the run's lock.
 *
 * @throws {FileError} when one cannot be deleted
 */
export async function clearTemporaries(runFolder: string, newestStep?: number): Promise<void> {
  const { temporaries } = await listCheckpoints(runFolder);
  for (const { dir, step, pid } of temporaries) {
    const isFinished = newestStep !== undefined && step <= newestStep;
    if (isFinished || pid === process.pid || !isProcessAlive(pid)) await deleteFolder(dir);
  }
}

/** @throws {FileError} when it cannot be deleted */
export async function deleteFolder(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true }).catch((error: unknown) => {
    throw diskFailure(error, "delete", dir);
  });
}
