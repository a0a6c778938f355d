/** A run folder that is read, not gone on with. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { RunFolderError } from "../../src/errors.ts";
import type { Checkpoint } from "../../src/train/checkpoint/read-checkpoint.ts";
import {
  type NewestCheckpoint,
  readNewestCheckpoint,
} from "../../src/train/checkpoint/read-newest-checkpoint.ts";
import { shellWord } from "../../src/util/shell-word.ts";
import type { RunKind } from "./run-kind.ts";

/** @throws {RunFolderError} when the folder has no config.yaml; `kinds` say whose run is expected */
export function expectRunFolder(path: string, ...kinds: readonly RunKind[]): void {
  if (existsSync(join(path, "config.yaml"))) return;
  const commands = kinds.map((kind) => `gdiff ${kind}`).join(" or ");
  throw new RunFolderError(
    `expected a run folder, got ${path} without config.yaml: give the folder that ${commands} printed`,
  );
}

/**
 * Reads the newest whole checkpoint.
 *
 * @throws {RunFolderError} when there is none yet
 * @throws {CheckpointError} when there are some and none is whole
 */
export async function readRunCheckpoint(
  path: string,
  kind: RunKind,
): Promise<{ readonly checkpoint: Checkpoint; readonly notices: readonly string[] }> {
  const { checkpoint, skipped } = await readNewestCheckpoint(path);
  if (checkpoint !== undefined) return { checkpoint, notices: passedOver(skipped) };
  throw new RunFolderError(
    `expected a checkpoint in ${path}, got none yet: go on with gdiff ${kind} --resume --out ${shellWord(path)}`,
  );
}

/** A line for each checkpoint that is not whole. */
export function passedOver(skipped: NewestCheckpoint["skipped"]): string[] {
  return skipped.map(({ reason }) => `warning: checkpoint passed over: ${reason}`);
}
