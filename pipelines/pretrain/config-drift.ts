/** What a resumed run does differently from here on; what it may not change is refused by run-identity.ts. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { configYaml } from "../../src/config/config-yaml.ts";
import { type PretrainConfig, pretrainOptions, readRunConfig } from "./options.ts";

/** One line a key whose recorded value differs: `train.lr was 0.001, is now 0.0005`. */
export async function configDrift(folder: string, config: PretrainConfig): Promise<string[]> {
  if (!existsSync(join(folder, "config.yaml"))) return [];
  const before = recordedLines(await readRunConfig(folder));
  const after = recordedLines(config);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => `${key} was ${before.get(key) ?? "off"}, is now ${after.get(key) ?? "off"}`);
}

/** Dotted keys and values of the two-level YAML that is recorded. */
function recordedLines(config: PretrainConfig): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let section = "";
  for (const line of configYaml(pretrainOptions, config).split("\n")) {
    const match = /^( *)([^:]+):(?: (.*))?$/.exec(line);
    if (match === null) continue;
    const [, indent, key, value] = match;
    if (value === undefined) section = `${key}.`;
    else values.set(indent === "" ? (key as string) : `${section}${key}`, value);
  }
  return values;
}
