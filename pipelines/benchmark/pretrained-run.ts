/** A benchmark tunes one checkpoint: a run that was trained further in between is another one. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError } from "../../src/errors.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { loadRun } from "../load-run.ts";

/** In the benchmark's folder: SHA-256 of the manifest of the checkpoint. */
const FILE = "pretrained.sha256";

/**
 * Checks the pretrained run, and remembers it in a benchmark that begins.
 *
 * @throws {ConfigError} when the benchmark began with another checkpoint
 * @throws {RunFolderError | CheckpointError} when it cannot be loaded
 */
export async function expectSamePretrained(out: string, run: string): Promise<void> {
  const { checkpointSha256, checkpoint } = await loadRun(run);
  const path = join(out, FILE);
  if (!existsSync(path)) {
    await writeFileAtomic(path, new TextEncoder().encode(`${checkpointSha256}\n`));
    return;
  }
  const before = (await readFile(path, "utf8")).trim();
  if (before === checkpointSha256) return;
  throw new ConfigError(
    `expected the checkpoint that the benchmark began with, got ${checkpoint}: ${run} was trained further or is another run (give another --out)`,
  );
}
