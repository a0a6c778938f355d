/**
 * `prepare.json`: what a preparation that is under way is to write. It lets a later call go on without being told again,
 * keeps two different preparations out of one folder, and goes when the manifest comes.
 */

import { join } from "node:path";
import { ShardError } from "../../errors.ts";
import { writeFileAtomic } from "../../util/atomic-file.ts";
import { SPLIT_NAMES, type SplitName } from "../splits.ts";
import { formatSealed, isCount, isMapping, readSealed, show } from "./sealed-json.ts";
import { factsOf, parseFacts, SCHEMA, type ShardFacts } from "./shard-facts.ts";

export const JOB_NAME = "prepare.json";

/** Windows of each split. */
type WindowCounts = Readonly<Record<SplitName, number>>;

export interface ShardJob extends ShardFacts {
  readonly windows: WindowCounts;
}

/** @throws {FileError} when it cannot be written */
export async function writeShardJob(folder: string, job: ShardJob): Promise<void> {
  const { train, valid, test } = job.windows;
  const text = formatSealed({
    schema: SCHEMA,
    ...factsOf(job),
    windows: { train, valid, test },
  });
  await writeFileAtomic(join(folder, JOB_NAME), new TextEncoder().encode(text));
}

/**
 * @throws {ShardError} when it is not one, or was changed
 * @throws {FileError} when it is not there, or may not be read
 */
export async function readShardJob(folder: string): Promise<ShardJob> {
  const path = join(folder, JOB_NAME);
  const body = await readSealed(path);
  const facts = parseFacts(body, path);
  const { windows } = body;
  const counts = SPLIT_NAMES.map((split) => (isMapping(windows) ? windows[split] : undefined));
  if (!counts.every(isCount)) {
    throw new ShardError(`${path}: expected windows of every split, got ${show(windows)}`);
  }
  const [train = 0, valid = 0, test = 0] = counts;
  return { ...facts, windows: { train, valid, test } };
}
