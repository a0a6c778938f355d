/** What a resumed run does differently from here on; what it may not change is refused by saved-state.ts. */

import { existsSync } from "node:fs";
import { recordedValues } from "../../src/config/config-yaml.ts";
import type { ConfigLayer } from "../../src/config/layer.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { readYamlLayer } from "../../src/config/yaml-layer.ts";

/**
 * One line a key whose value in the `file` of the run differs: `train.lr was 0.001, is now 0.0005`.
 *
 * @param unrecorded what is required and not in the file
 */
export async function configDrift<Config extends object>(
  file: string,
  options: OptionTable<Config>,
  config: Config,
  unrecorded: ConfigLayer = new Map(),
): Promise<string[]> {
  if (!existsSync(file)) return [];
  const inFile = await readYamlLayer(file, flattenOptions(options));
  const recorded = resolveConfig(options, [inFile, unrecorded]);
  const before = recordedValues(options, recorded);
  const after = recordedValues(options, config);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key))) // lists too
    .map((key) => `${key} was ${written(before, key)}, is now ${written(after, key)}`);
}

function written(values: ReadonlyMap<string, unknown>, key: string): string {
  return values.has(key) ? String(values.get(key)) : "off";
}
