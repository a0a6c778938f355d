import { CheckpointError } from "../../errors.ts";
import { listCheckpoints } from "./checkpoint-names.ts";
import { type Checkpoint, readCheckpoint } from "./read-checkpoint.ts";

/** A checkpoint that is not whole; `reason` is the sentence to show. */
interface SkippedCheckpoint {
  readonly dir: string;
  readonly reason: string;
}

export interface NewestCheckpoint {
  /** undefined when the run has none, broken ones included. */
  readonly checkpoint: Checkpoint | undefined;
  /** Newer ones that are broken, newest first. */
  readonly skipped: readonly SkippedCheckpoint[];
}

/**
 * Reads the newest checkpoint of a run that agrees with its manifest, and says which newer ones do not.
 *
 * @throws {CheckpointError} when there are checkpoints and none is whole; nothing is deleted
 * @throws {FileError} when this process may not read them
 */
export async function readNewestCheckpoint(runFolder: string): Promise<NewestCheckpoint> {
  const { steps } = await listCheckpoints(runFolder);
  const skipped: SkippedCheckpoint[] = [];
  for (const { dir } of steps) {
    try {
      return { checkpoint: await readCheckpoint(dir), skipped };
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      skipped.push({ dir, reason: error.message });
    }
  }
  const [newest] = skipped;
  if (newest === undefined) return { checkpoint: undefined, skipped };
  throw new CheckpointError(
    `${runFolder}: expected a whole checkpoint, got ${skipped.length} that are not, and nothing was deleted. ` +
      `The newest: ${newest.reason}`,
  );
}
