/** The folder of a run: made, or found and locked for going on. */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { configYaml } from "../../src/config/config-yaml.ts";
import type { OptionTable } from "../../src/config/option-table.ts";
import { ConfigError, RunFolderError } from "../../src/errors.ts";
import type { Checkpoint } from "../../src/train/checkpoint/read-checkpoint.ts";
import { readNewestCheckpoint } from "../../src/train/checkpoint/read-newest-checkpoint.ts";
import { diskFailure, errorCode } from "../../src/train/run-folder/disk-failure.ts";
import { lockRunFolder } from "../../src/train/run-folder/lock-run-folder.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { formatNumberOf } from "../../src/util/format.ts";
import { type Arithmetic, formatArithmetic } from "./arithmetic.ts";
import { configDrift } from "./config-drift.ts";
import { fileInTheWay, makeFolder } from "./make-folder.ts";
import { expectNoCheckpoint, passedOver } from "./read-run.ts";
import { expectSameRun, type Identity, savedArithmetic } from "./saved-state.ts";

export interface RunFolder {
  readonly path: string;
  /** What to go on from; undefined for a fresh run. */
  readonly checkpoint: Checkpoint | undefined;
  readonly notices: readonly string[];
  /** Gives the lock back. */
  release(): Promise<void>;
}

/** What opening a run's folder has to know of the run. */
export interface RunDescription<Config> {
  readonly config: Config;
  readonly options: OptionTable<Config>;
  readonly identity: Identity;
  readonly arithmetic: Arithmetic;
  /** Go on from the newest checkpoint. */
  readonly resume: boolean;
  /** Steps in all, where that is known beforehand. */
  readonly steps?: number;
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
 * Checks that a run may use the folder; one that is not there yet may be used.
 *
 * @throws {RunFolderError} when the folder is taken, or holds something that is no run
 */
export async function expectUsableFolder(path: string, resume: boolean): Promise<void> {
  if (resume) expectNoCheckpoint(path);
  const present = (await namesIn(path)).filter((name) => !name.startsWith("run.lock"));
  if (present.length > 0 && !resume) {
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
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    switch (errorCode(error)) {
      case "ENOENT":
        return [];
      case "ENOTDIR":
        throw fileInTheWay(path);
      default:
        throw diskFailure(error, "read", path);
    }
  }
}

/**
 * Makes or opens the run folder, locks it, and writes its config.yaml; that of a run whose steps are all made stays.
 *
 * @throws {RunFolderError} when the folder is taken, or holds something that is no run
 * @throws {ConfigError} when its checkpoint was made with other settings
 * @throws {CheckpointError} when it has checkpoints and none is whole
 */
export async function openRunFolder<Config extends object>(
  path: string,
  { config, options, identity, arithmetic, resume, steps }: RunDescription<Config>,
): Promise<RunFolder> {
  await makeFolder(path);
  const lock = await lockRunFolder(path);
  try {
    await expectUsableFolder(path, resume);
    const yaml = join(path, "config.yaml");
    const { checkpoint, skipped } = await readNewestCheckpoint(path);
    const notices = passedOver(skipped);
    if (checkpoint !== undefined) {
      expectSameRun(checkpoint, identity);
      expectStepsAhead(checkpoint, steps);
      if (checkpoint.step === steps) {
        notices.push(`all ${formatNumberOf(steps, "step")} are made in ${checkpoint.dir}`);
        return { path, checkpoint, notices, release: () => lock.release() };
      }
      notices.push(
        `going on from step ${checkpoint.step} in ${checkpoint.dir}`,
        ...(await configDrift(yaml, options, config)).map(
          (line) => `changed since the run began: ${line}`,
        ),
        ...arithmeticDrift(checkpoint, arithmetic),
      );
    } else if (resume) notices.push(`nothing to go on from in ${path}: starting at step 0`);
    await writeFileAtomic(yaml, new TextEncoder().encode(configYaml(options, config)));
    return { path, checkpoint, notices, release: () => lock.release() };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function expectStepsAhead({ step, dir }: Checkpoint, steps: number | undefined): void {
  if (steps === undefined || steps >= step) return;
  throw new ConfigError(
    `expected --steps of at least ${step}, which ${dir} has made already, got ${steps}`,
  );
}

/** One line where something else computed the checkpoint. */
function arithmeticDrift(checkpoint: Checkpoint, arithmetic: Arithmetic): string[] {
  const before = savedArithmetic(checkpoint);
  const now = formatArithmetic(arithmetic);
  if (before === undefined || before === now) return [];
  return [
    `changed since step ${checkpoint.step}: computed by ${before}, now by ${now}; rounding differs`,
  ];
}
