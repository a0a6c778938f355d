/**
 * A trial whose training could not go on, since its loss or its weights became infinite: `failed.json` in its folder, so
 * that what tries it does not do so for ever. A trial whose folder, or that file, is deleted is tried again.
 */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { TableError } from "../../src/errors.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";

const FILE = "failed.json";

export interface TrialFailure {
  readonly seed: number;
  /** SHA-256 of what it is trained and validated on. */
  readonly dataSha256: string;
  /** What training said, in a line. */
  readonly reason: string;
}

export async function writeFailure(folder: string, failure: TrialFailure): Promise<void> {
  const text = `${JSON.stringify(failure, undefined, 2)}\n`;
  await writeFileAtomic(join(folder, FILE), new TextEncoder().encode(text));
}

/** Returns why a trial failed; undefined where it did not. @throws {TableError} when the file holds other text */
export async function readFailure(folder: string): Promise<TrialFailure | undefined> {
  const path = join(folder, FILE);
  if (!existsSync(path)) return undefined;
  const text = await readFile(path, "utf8");
  try {
    const value: unknown = JSON.parse(text);
    if (isFailure(value)) return value;
  } catch {
    // said below
  }
  throw new TableError(
    `${path}: expected why a trial failed as JSON with seed, dataSha256 and reason, got other text: delete it, and the trial is tried again`,
  );
}

function isFailure(value: unknown): value is TrialFailure {
  if (typeof value !== "object" || value === null) return false;
  const { seed, dataSha256, reason } = value as Partial<TrialFailure>;
  return typeof seed === "number" && [dataSha256, reason].every((one) => typeof one === "string");
}
