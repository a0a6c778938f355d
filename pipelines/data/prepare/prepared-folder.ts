/** What a folder for shards holds before a preparation begins. */

import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { JOB_NAME, readShardJob, type ShardJob } from "../../../src/data/shards/shard-job.ts";
import {
  MANIFEST_NAME,
  readShardManifest,
  type ShardManifest,
} from "../../../src/data/shards/shard-manifest.ts";
import { FileError } from "../../../src/errors.ts";
import { fileError } from "../../../src/genome/node-file-source.ts";
import { errorCode } from "../../../src/util/error-code.ts";

export interface PreparedFolder {
  /** Of the last preparation that ended. */
  readonly manifest: ShardManifest | undefined;
  /** Of one that did not. */
  readonly job: ShardJob | undefined;
}

/**
 * Returns what was prepared in `folder`; undefined when it is empty or not there.
 *
 * @throws {FileError} when it holds something else, or may not be read
 * @throws {ShardError} when its manifest or its job was changed
 */
export async function readPrepared(folder: string): Promise<PreparedFolder | undefined> {
  const hasManifest = existsSync(join(folder, MANIFEST_NAME));
  const hasJob = existsSync(join(folder, JOB_NAME));
  if (!hasManifest && !hasJob) {
    await expectEmpty(folder);
    return undefined;
  }
  return {
    manifest: hasManifest ? await readShardManifest(folder) : undefined,
    job: hasJob ? await readShardJob(folder) : undefined,
  };
}

async function expectEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    const code = errorCode(error);
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") {
      throw new FileError(
        `${folder}: expected a folder for shards, got a file: give another --out`,
      );
    }
    throw code === undefined ? error : fileError(folder, error);
  });
  const strangers = names.filter((name) => !name.startsWith(`${JOB_NAME}.tmp-`));
  if (strangers.length === 0) return;
  throw new FileError(
    `expected ${folder} to be empty, new, or a folder of shards, got one with ${strangers.slice(0, 3).join(", ")}: give another --out`,
  );
}
