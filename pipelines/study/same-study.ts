/** A study's folder is gone on with by the same study: more seeds and other arms may join, what all trials share may not change. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { configYaml } from "../../src/config/config-yaml.ts";
import { ConfigError } from "../../src/errors.ts";
import { writeFileAtomic } from "../../src/util/atomic-file.ts";
import { pretrainOptions } from "../pretrain/options.ts";
import { configDrift } from "../run-folder/config-drift.ts";
import { expectStudyFolder } from "../run-folder/run-kind.ts";
import { type StudyConfig, studyOptions } from "./options.ts";
import type { StudyTrial } from "./plan.ts";

/** What may change: seeds and arms, whose trials are looked at one by one, and where the data lie, whose digest is compared. */
const MAY_CHANGE = /^(?:objectives|seeds|setFor|data\.(?:fasta|bed|exclude)) /;
/** Of a run: where things lie, and what its first weights decided. */
const OF_THE_RUN = /^(?:init|model\.isShifted|data\.(?:fasta|bed|exclude)) /;
const CONFIG_FILE = "config.yaml";
const DIGEST_FILE = "data.sha256";

/**
 * Checks that `out` is of this study, if it is of one; nothing is written.
 *
 * @param digest of genome and splits
 * @throws {ConfigError} when it was begun with other options or data
 * @throws {RunFolderError} when it is a run
 */
export async function expectSameStudy(config: StudyConfig, digest: string): Promise<void> {
  const { out } = config;
  await expectStudyFolder(out);
  const file = join(out, CONFIG_FILE);
  const drift = await configDrift(file, studyOptions, config, new Map([["out", out]]));
  const differences = drift.filter((line) => !MAY_CHANGE.test(line));
  if (differences.length > 0) throw otherStudy(out, differences.join("; "));
  const digestFile = join(out, DIGEST_FILE);
  const before = existsSync(digestFile) ? (await readFile(digestFile, "utf8")).trim() : digest;
  if (before !== digest) throw otherStudy(out, "its genome or its splits were others");
}

/** Writes what {@link expectSameStudy} compares; the newest arms and seeds are those of the folder. */
export async function rememberStudy(config: StudyConfig, digest: string): Promise<void> {
  const write = (path: string, text: string): Promise<void> =>
    writeFileAtomic(path, new TextEncoder().encode(text));
  await write(join(config.out, DIGEST_FILE), `${digest}\n`);
  await write(join(config.out, CONFIG_FILE), configYaml(studyOptions, config));
}

/**
 * Checks that the runs of a trial, where there are any, were made as it is planned.
 *
 * @throws {ConfigError} when one was trained otherwise
 */
export async function expectSameTrial({ folder, stages }: StudyTrial): Promise<void> {
  for (const { folder: run, config } of stages) {
    const drift = await configDrift(join(run, CONFIG_FILE), pretrainOptions, config);
    const differences = drift.filter((line) => !OF_THE_RUN.test(line));
    if (differences.length > 0) throw otherStudy(folder, differences.join("; "));
  }
}

function otherStudy(folder: string, what: string): ConfigError {
  return new ConfigError(
    `expected ${folder} to be of this study, but ${what} (give another --out, or the options that it began with)`,
  );
}
