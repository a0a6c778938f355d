/** The folder of a run: made, or found and locked for going on. */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { configYaml } from "../../src/config/config-yaml.ts";
import { RunFolderError } from "../../src/errors.ts";
import type { Checkpoint } from "../../src/train/checkpoint/read-checkpoint.ts";
import { readNewestCheckpoint } from "../../src/train/checkpoint/read-newest-checkpoint.ts";
import { lockRunFolder } from "../../src/train/run-folder/lock-run-folder.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { makeFolder } from "./make-folder.ts";
import { type PretrainConfig, pretrainOptions } from "./options.ts";
import { expectSameRun } from "./run-identity.ts";

export interface RunFolder {
  readonly path: string;
  /** What to go on from; undefined for a fresh run. */
  readonly checkpoint: Checkpoint | undefined;
  readonly notices: readonly string[];
  /** Gives the lock back. */
  release(): Promise<void>;
}

/** Files of a run that are there before its first checkpoint. */
const BEFORE_FIRST_CHECKPOINT = new Set([
  "run.lock",
  "config.yaml",
  "metrics.jsonl",
  "checkpoints",
]);

/** What a file that a killed process had not renamed yet would have been called. */
function finalName(name: string): string {
  return name.replace(/\.tmp-\d+-[0-9a-z]+$/, "");
}

/**
 * Makes or opens the run folder and writes its config.yaml.
 *
 * @throws {RunFolderError} when the folder is taken, or holds something that is no run
 * @throws {ConfigError} when its checkpoint was made with other settings
 * @throws {CheckpointError} when it has checkpoints and none is whole
 */
export async function openRunFolder(
  config: PretrainConfig,
  path: string,
  dataDigest: string,
): Promise<RunFolder> {
  await makeFolder(path);
  const present = (await readdir(path)).filter((name) => !name.startsWith("run.lock"));
  if (present.length > 0 && !config.resume) {
    throw new RunFolderError(
      `expected ${path} to be empty or new, got a folder with ${present.slice(0, 3).join(", ")}: ` +
        "go on with --resume, or give another --out",
    );
  }
  const stranger = present.find((name) => !BEFORE_FIRST_CHECKPOINT.has(finalName(name)));
  if (stranger !== undefined && !present.includes("config.yaml")) {
    throw new RunFolderError(
      `expected a run folder at ${path}, got a folder with ${stranger} and no config.yaml: give another --out`,
    );
  }
  const lock = await lockRunFolder(path);
  try {
    const { checkpoint, skipped } = await readNewestCheckpoint(path);
    if (checkpoint !== undefined) expectSameRun(checkpoint, config, dataDigest);
    await writeFileAtomic(
      join(path, "config.yaml"),
      new TextEncoder().encode(configYaml(pretrainOptions, config)),
    );
    const notices = skipped.map(({ reason }) => `warning: checkpoint passed over: ${reason}`);
    if (checkpoint !== undefined)
      notices.push(`going on from step ${checkpoint.step} in ${checkpoint.dir}`);
    else if (config.resume) notices.push(`nothing to go on from in ${path}: starting at step 0`);
    return { path, checkpoint, notices, release: () => lock.release() };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
