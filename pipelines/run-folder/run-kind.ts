/** Which command made a folder: a run, or a study that has runs within. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { readYamlKeys } from "../../src/config/yaml-layer.ts";
import { RunFolderError } from "../../src/errors.ts";

export type RunKind = "pretrain" | "finetune";

type FolderKind = RunKind | "study objectives";

/** A key that only the config.yaml of such a folder has. */
const KEYS: Readonly<Record<FolderKind, string>> = {
  pretrain: "train.steps",
  finetune: "train.epochs",
  "study objectives": "tokens",
};

/**
 * Whether a folder's config.yaml is that of a run of `kind`; false where there is none.
 *
 * @throws {FileError | ConfigError} when config.yaml cannot be read, or is no YAML
 */
export async function isRunOf(kind: RunKind, run: string): Promise<boolean> {
  const file = join(run, "config.yaml");
  return existsSync(file) && (await readYamlKeys(file)).has(KEYS[kind]);
}

/**
 * Checks what made a run, where its config.yaml tells.
 *
 * @throws {RunFolderError} when another command did
 * @throws {FileError | ConfigError} when config.yaml cannot be read, or is no YAML
 */
export async function expectRunKind(run: string, expected: RunKind): Promise<void> {
  const other = await otherKind(run, expected);
  if (other === undefined) return;
  const what =
    other === "study objectives"
      ? `a study of objectives: its runs are ${join(run, "trials", "ARM", "seed=N", "1-OBJECTIVE")}`
      : `which gdiff ${other} made`;
  throw new RunFolderError(`expected a run of gdiff ${expected}, got ${run}, ${what}`);
}

/**
 * Checks that a folder, where its config.yaml tells, is no run but a study of objectives.
 *
 * @throws {RunFolderError} when it is a run
 * @throws {FileError | ConfigError} when config.yaml cannot be read, or is no YAML
 */
export async function expectStudyFolder(out: string): Promise<void> {
  const other = existsSync(join(out, "config.yaml"))
    ? await otherKind(out, "study objectives")
    : undefined;
  if (other === undefined) return;
  throw new RunFolderError(
    `expected the folder of a study of objectives, got ${out}, a run of gdiff ${other}: give another --out`,
  );
}

async function otherKind(folder: string, expected: FolderKind): Promise<FolderKind | undefined> {
  const keys = await readYamlKeys(join(folder, "config.yaml"));
  const kinds = Object.keys(KEYS) as FolderKind[];
  return kinds.find((kind) => kind !== expected && keys.has(KEYS[kind]));
}
