/** A folder of token shards as sources of windows. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { FileError, ShardError } from "../../errors.ts";
import { firstAbove } from "../../util/first-above.ts";
import { shellWord } from "../../util/shell-word.ts";
import type { SplitName } from "../splits.ts";
import type { Window } from "../window.ts";
import type { WindowSource } from "../window-source.ts";
import { type DecodedShard, decodeShard } from "./decode-shard.ts";
import { readVerified } from "./read-verified.ts";
import { JOB_NAME } from "./shard-job.ts";
import {
  MANIFEST_NAME,
  readShardManifest,
  type ShardFile,
  type ShardManifest,
  windowCount,
} from "./shard-manifest.ts";

export interface ShardSource extends WindowSource {
  /** Windows that are here: 0 … prepared − 1. */
  readonly prepared: number;
}

export interface Shards {
  readonly folder: string;
  readonly manifest: ShardManifest;
  /**
   * Returns the windows of a split, in their order. Train counts over the whole run, as training does; valid and test
   * have the windows that lie side by side, one epoch of them. One shard is in memory at a time, and every byte that is
   * used was hashed when it was read.
   */
  source(split: SplitName): ShardSource;
}

/**
 * Opens a folder of shards by its manifest; a shard is read and checked when its first window is asked for.
 *
 * @throws {FileError} when there is no whole preparation, or it may not be read
 * @throws {ShardError} when the manifest was changed
 */
export async function openShards(folder: string): Promise<Shards> {
  if (!existsSync(join(folder, MANIFEST_NAME))) {
    const remedy = existsSync(join(folder, JOB_NAME))
      ? `its preparation has not ended: go on with gdiff data prepare --out ${shellWord(folder)}`
      : "make one with gdiff data prepare --out FOLDER";
    throw new FileError(
      `${folder}: expected a folder of shards, got none with ${MANIFEST_NAME}: ${remedy}`,
    );
  }
  const manifest = await readShardManifest(folder);
  return { folder, manifest, source: (split) => shardSource(folder, manifest, split) };
}

function shardSource(folder: string, manifest: ShardManifest, split: SplitName): ShardSource {
  const files = manifest.splits[split];
  const prepared = windowCount(files);
  let open: { readonly file: ShardFile; readonly shard: Promise<DecodedShard> } | undefined;
  const window = async (index: number): Promise<Window> => {
    const file = files[lastAtMost(files, index)];
    if (file === undefined || index >= prepared) {
      throw new RangeError(
        `internal: expected a ${split} window below ${prepared} of ${folder}, got ${index}`,
      );
    }
    if (open?.file !== file) open = { file, shard: readShard(folder, file, manifest.length) };
    return (await open.shard).window(index - file.first);
  };
  return {
    windows: split === "train" ? manifest.windowsPerEpoch : prepared,
    residence: "file",
    prepared,
    window,
  };
}

/** @throws {ShardError} when the file is not what the manifest says */
async function readShard(folder: string, file: ShardFile, length: number): Promise<DecodedShard> {
  const path = join(folder, file.name);
  const shard = await decodeShard(await readVerified(path, file), length, path);
  if (shard.rows === file.rows) return shard;
  throw new ShardError(
    `${path}: expected ${file.rows} windows, as ${MANIFEST_NAME} says, got ${shard.rows}`,
  );
}

/** Index of the last file that begins at or before window `index`. */
function lastAtMost(files: readonly ShardFile[], index: number): number {
  return firstAbove(files.length, (at) => (files[at] as ShardFile).first, index) - 1;
}
