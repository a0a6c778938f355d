/** Which command made a run folder. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { readYamlKeys } from "../../src/config/yaml-layer.ts";
import { RunFolderError } from "../../src/errors.ts";

export type RunKind = "pretrain" | "finetune";

/** A key that only the config.yaml of such a run has. */
const KEYS: Readonly<Record<RunKind, string>> = {
  pretrain: "train.steps",
  finetune: "train.epochs",
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
  const keys = await readYamlKeys(join(run, "config.yaml"));
  const kinds = Object.keys(KEYS) as RunKind[];
  const other = kinds.find((kind) => kind !== expected && keys.has(KEYS[kind]));
  if (other === undefined) return;
  throw new RunFolderError(
    `expected a run of gdiff ${expected}, got ${run}, which gdiff ${other} made`,
  );
}
