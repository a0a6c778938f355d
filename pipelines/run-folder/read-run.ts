/** A run folder that is read, not gone on with. */

import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { RunFolderError } from "../../src/errors.ts";
import { MANIFEST_NAME } from "../../src/train/checkpoint/checkpoint-manifest.ts";
import type { Checkpoint } from "../../src/train/checkpoint/read-checkpoint.ts";
import {
  type NewestCheckpoint,
  readNewestCheckpoint,
} from "../../src/train/checkpoint/read-newest-checkpoint.ts";
import { shellWord } from "../../src/util/shell-word.ts";
import type { RunKind } from "./run-kind.ts";

/** @throws {RunFolderError} when the folder has no config.yaml, or is a checkpoint; `kinds` say whose run is expected */
export function expectRunFolder(path: string, ...kinds: readonly RunKind[]): void {
  expectNoCheckpoint(path);
  if (existsSync(join(path, "config.yaml"))) return;
  const commands = kinds.map((kind) => `gdiff ${kind}`).join(" or ");
  throw new RunFolderError(
    `expected a run folder, got ${path} without config.yaml: give the folder that ${commands} printed`,
  );
}

/** @throws {RunFolderError} when the folder is a checkpoint, which has the config.yaml of its run */
export function expectNoCheckpoint(path: string): void {
  if (![MANIFEST_NAME, "config.yaml"].every((name) => existsSync(join(path, name)))) return;
  const run = dirname(dirname(resolve(path)));
  throw new RunFolderError(
    `expected a run folder, got ${path}, a checkpoint of one: give ${run}, whose newest whole checkpoint is taken`,
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
