import { rename } from "node:fs/promises";
import { CheckpointError } from "../../errors.ts";
import { diskFailure } from "../run-folder/disk-failure.ts";
import { listCheckpoints, type StepFolder, temporaryFolder } from "./checkpoint-names.ts";
import { clearTemporaries, deleteFolder } from "./clear-temporaries.ts";
import { verifyCheckpoint } from "./read-checkpoint.ts";

const LEAST_KEPT = 2;

/**
 * Deletes the checkpoints older than the `keep` newest that verify when read again from the disk, and what
 * interrupted processes left. With fewer than `keep` whole ones nothing is deleted but leftovers. Needs the
 * run's lock.
 *
 * @returns the folders of the deleted checkpoints, newest first
 * @throws {FileError} when one cannot be deleted
 */
export async function pruneCheckpoints(
  runFolder: string,
  keep: number,
): Promise<readonly string[]> {
  if (!Number.isSafeInteger(keep) || keep < LEAST_KEPT) {
    throw new RangeError(
      `internal: expected to keep at least ${LEAST_KEPT} checkpoints, got ${keep}`,
    );
  }
  const { steps } = await listCheckpoints(runFolder);
  const { newest, old } = await splitAtKept(steps, keep);
  for (const { dir, step } of old) {
    const aside = temporaryFolder(runFolder, step); // a half-deleted checkpoint never carries a checkpoint's name
    await rename(dir, aside).catch((error: unknown) => {
      throw diskFailure(error, "delete", dir);
    });
    await deleteFolder(aside);
  }
  await clearTemporaries(runFolder, newest);
  return old.map(({ dir }) => dir);
}

/** The newest step that verifies, and what is older than the `keep`-th that does. */
async function splitAtKept(
  steps: readonly StepFolder[],
  keep: number,
): Promise<{ newest: number | undefined; old: readonly StepFolder[] }> {
  const whole: number[] = [];
  for (const [index, { dir, step }] of steps.entries()) {
    try {
      await verifyCheckpoint(dir);
    } catch (error) {
      if (error instanceof CheckpointError) continue;
      throw error;
    }
    whole.push(step);
    if (whole.length === keep) return { newest: whole[0], old: steps.slice(index + 1) };
  }
  return { newest: whole[0], old: [] };
}
