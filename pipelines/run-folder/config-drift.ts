/** What a resumed run does differently from here on; what it may not change is refused by saved-state.ts. */

import { existsSync } from "node:fs";
import { recordedValues } from "../../src/config/config-yaml.ts";
import { flattenOptions, type OptionTable } from "../../src/config/option-table.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { readYamlLayer } from "../../src/config/yaml-layer.ts";

/** One line a key whose value in the `file` of the run differs: `train.lr was 0.001, is now 0.0005`. */
export async function configDrift<Config extends object>(
  file: string,
  options: OptionTable<Config>,
  config: Config,
): Promise<string[]> {
  if (!existsSync(file)) return [];
  const recorded = resolveConfig(options, [await readYamlLayer(file, flattenOptions(options))]);
  const before = recordedValues(options, recorded);
  const after = recordedValues(options, config);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => `${key} was ${written(before, key)}, is now ${written(after, key)}`);
}

function written(values: ReadonlyMap<string, unknown>, key: string): string {
  return values.has(key) ? String(values.get(key)) : "off";
}
