/**
 * Writes a folder of shards: what is there and whole is kept, what is missing is written, and the manifest comes last.
 * Several processes may share the work, each with a run of the shards.
 */

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../../util/atomic-file.ts";
import { type ProcessShard, shardRange } from "../process-shard.ts";
import { SPLIT_NAMES, type SplitName } from "../splits.ts";
import type { Window } from "../window.ts";
import { clearTemporaries } from "./clear-temporaries.ts";
import type { FileDigest } from "./read-verified.ts";
import { digestPath, hashFile, readDigest, writeDigest } from "./shard-digests.ts";
import { factsOf } from "./shard-facts.ts";
import { JOB_NAME, type ShardJob, writeShardJob } from "./shard-job.ts";
import {
  formatShardManifest,
  MANIFEST_NAME,
  type ShardFile,
  type ShardManifest,
} from "./shard-manifest.ts";
import { type PlannedShard, planShards, windowsPerShard } from "./shard-plan.ts";
import { writeShard } from "./write-shard.ts";

export interface Preparation {
  readonly folder: string;
  readonly job: ShardJob;
  /** `gdiff 0.1.0` */
  readonly createdBy: string;
  /** Which of the shards are this process's: a run of neighbours. */
  readonly part: ProcessShard;
  /** The manifest that the folder has, of the same facts; a longer preparation keeps its full shards. */
  readonly before: ShardManifest | undefined;
  /** Names of the contigs that the windows of a split lie on. */
  contigs(split: SplitName): readonly string[];
  /** Makes window `index` of a split. */
  window(split: SplitName, index: number): Promise<Window>;
  /** Called after windows were made or a shard was kept; a promise that rejects ends the preparation. */
  advance(windows: number): Promise<void>;
}

export interface Prepared {
  /** Absent while shards of other parts are missing. */
  readonly manifest: ShardManifest | undefined;
  readonly written: number;
  readonly kept: number;
  /** Shards of other parts that are not there or not whole. */
  readonly missing: number;
}

/** Windows made together, and between two calls of `advance`; fewer where they have more bases than that. */
const TOGETHER = 64;
const TOGETHER_BASES = 2 ** 22;

/** Returns the shards that a job asks for. */
export function shardsOf({ windows, length, shardBytes }: ShardJob): PlannedShard[] {
  return planShards(windows, windowsPerShard(length, shardBytes));
}

/**
 * Prepares; the folder is there.
 *
 * @throws {FileError} when a file cannot be written; what was finished stays, and another call goes on
 * @throws whatever making a window throws
 */
export async function prepareShards(preparation: Preparation): Promise<Prepared> {
  const { folder, job, part, before } = preparation;
  await writeShardJob(folder, job);
  const shards = shardsOf(job);
  const { first, end } = shardRange(shards.length, part);
  const own = shards.slice(first, end);
  const ownNames = own.flatMap(({ name }) => [name, digestPath(name)]);
  await clearTemporaries(folder, new Set([...ownNames, MANIFEST_NAME, JOB_NAME]));
  const recorded = new Map(
    SPLIT_NAMES.flatMap((split) => before?.splits[split] ?? []).map((file) => [file.name, file]),
  );
  const found = new Map<PlannedShard, FileDigest>();
  let [written, kept] = [0, 0];
  for (const shard of own) {
    const path = join(folder, shard.name);
    const whole = await wholeFile(path, job, recorded.get(shard.name)?.sha256);
    if (whole === undefined) {
      found.set(shard, await writeOne(path, shard, preparation));
      written++;
      continue;
    }
    found.set(shard, whole);
    kept++;
    await preparation.advance(shard.rows);
  }
  // Last, so that the end of one part finds the others as late as can be.
  for (const shard of shards) {
    if (found.has(shard)) continue;
    const whole = await wholeFile(join(folder, shard.name), job, recorded.get(shard.name)?.sha256);
    if (whole !== undefined) found.set(shard, whole);
  }
  const missing = shards.length - found.size;
  if (missing > 0) return { manifest: undefined, written, kept, missing };
  const manifest = manifestOf(preparation, shards, found);
  const text = new TextEncoder().encode(formatShardManifest(manifest));
  await writeFileAtomic(join(folder, MANIFEST_NAME), text);
  await removeWorkFiles(folder, shards, [...recorded.keys()]);
  return { manifest, written, kept, missing };
}

/** Digest of the file at `path` if it is what its record says, or `sha256`; undefined otherwise. */
async function wholeFile(
  path: string,
  job: ShardJob,
  sha256: string | undefined,
): Promise<FileDigest | undefined> {
  const expected = (await readDigest(path, job)) ?? sha256;
  if (expected === undefined) return undefined;
  const digest = await hashFile(path);
  return digest?.sha256 === expected ? digest : undefined;
}

async function writeOne(
  path: string,
  { split, first, rows }: PlannedShard,
  { job, contigs, window, advance }: Preparation,
): Promise<FileDigest> {
  const together = Math.max(1, Math.min(TOGETHER, Math.floor(TOGETHER_BASES / job.length)));
  const windows = async function* () {
    for (let row = 0; row < rows; row += together) {
      const count = Math.min(together, rows - row);
      const numbers = Array.from({ length: count }, (_, i) => first + row + i);
      // A server is asked for all at once.
      yield* await Promise.all(numbers.map((number) => window(split, number)));
      await advance(count);
    }
  };
  const content = {
    length: job.length,
    contigs: contigs(split),
    metadata: { split, first: String(first) },
  };
  const digest = await writeShard(path, windows(), content);
  await writeDigest(path, digest, job);
  return digest;
}

function manifestOf(
  { job, createdBy }: Preparation,
  shards: readonly PlannedShard[],
  found: ReadonlyMap<PlannedShard, FileDigest>,
): ShardManifest {
  const filesOf = (split: SplitName): ShardFile[] =>
    shards
      .filter((shard) => shard.split === split)
      .map((shard) => {
        const { name, first, rows } = shard;
        const { bytes, sha256 } = found.get(shard) as FileDigest;
        return { name, first, rows, bytes, sha256 };
      });
  const splits = { train: filesOf("train"), valid: filesOf("valid"), test: filesOf("test") };
  return { ...factsOf(job), createdBy, splits };
}

/** What the manifest took the place of: records, the job, and shards that longer ones contain. */
async function removeWorkFiles(
  folder: string,
  shards: readonly PlannedShard[],
  before: readonly string[],
): Promise<void> {
  const names = new Set(shards.map(({ name }) => name));
  const superseded = before.filter((name) => !names.has(name));
  const records = [...names].map((name) => digestPath(name));
  for (const name of [...superseded, ...records, JOB_NAME]) {
    await rm(join(folder, name), { force: true });
  }
}
