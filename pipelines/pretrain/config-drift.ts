/** What a resumed run does differently from here on; what it may not change is refused by run-identity.ts. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { recordedValues } from "../../src/config/config-yaml.ts";
import { type PretrainConfig, pretrainOptions, readRunConfig } from "./options.ts";

/** One line a key whose recorded value differs: `train.lr was 0.001, is now 0.0005`. */
export async function configDrift(folder: string, config: PretrainConfig): Promise<string[]> {
  if (!existsSync(join(folder, "config.yaml"))) return [];
  const before = recordedValues(pretrainOptions, await readRunConfig(folder));
  const after = recordedValues(pretrainOptions, config);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => `${key} was ${written(before, key)}, is now ${written(after, key)}`);
}

function written(values: ReadonlyMap<string, unknown>, key: string): string {
  return values.has(key) ? String(values.get(key)) : "off";
}
