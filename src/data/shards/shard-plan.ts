/** How windows are cut into shards: by count alone, so every process finds the same files. */

import { ConfigError } from "../../errors.ts";
import { formatCount } from "../../util/format.ts";
import { SPLIT_NAMES, type SplitName } from "../splits.ts";
import { shardRowBytes } from "./shard-columns.ts";

/** A shard to be: windows `first` … `first + rows` of its split. */
export interface PlannedShard {
  readonly split: SplitName;
  /** Says which windows it holds, so that a longer preparation never writes over a shorter one's file. */
  readonly name: string;
  readonly first: number;
  readonly rows: number;
}

/** Windows that a shard of about `bytes` bytes holds; at least one. */
export function windowsPerShard(length: number, bytes: number): number {
  return Math.max(1, Math.floor(bytes / shardRowBytes(length)));
}

/** Shards of a folder, at most: what its manifest can list. */
const MOST_SHARDS = 250_000;

/**
 * Plans the shards of every split, in order.
 *
 * @throws {ConfigError} when they are too many for one folder
 */
export function planShards(
  windows: Readonly<Record<SplitName, number>>,
  perShard: number,
): PlannedShard[] {
  const count = SPLIT_NAMES.reduce((sum, split) => sum + Math.ceil(windows[split] / perShard), 0);
  if (count > MOST_SHARDS) {
    throw new ConfigError(
      `expected at most ${formatCount(MOST_SHARDS)} shards in a folder, got ${formatCount(count)}: use a larger --shard-bytes, or fewer windows`,
    );
  }
  const shards: PlannedShard[] = [];
  for (const split of SPLIT_NAMES) {
    for (let first = 0; first < windows[split]; first += perShard) {
      const rows = Math.min(perShard, windows[split] - first);
      shards.push({ split, name: shardName(split, first, rows), first, rows });
    }
  }
  return shards;
}

/** `train-000000000-000058254.arrow`: first window and the one after the last. */
function shardName(split: SplitName, first: number, rows: number): string {
  const digits = (index: number): string => String(index).padStart(9, "0");
  return `${split}-${digits(first)}-${digits(first + rows)}.arrow`;
}
