/** Flags that make a configuration again: what a report says was typed. */

import { recordedValues } from "../src/config/config-yaml.ts";
import { flattenOptions, type OptionTable } from "../src/config/option-table.ts";

/**
 * Returns flags of what differs from the defaults, `--set` for what has none; a preset is left as it is, what it says is written out
 * too.
 *
 * @param leftOut keys that something else decides
 */
export function typedFlags<Config extends object>(
  table: OptionTable<Config>,
  config: Config,
  leftOut: readonly string[] = [],
): readonly string[] {
  const options = flattenOptions(table);
  return [...recordedValues(table, config)].flatMap(([key, value]) => {
    const option = options.get(key);
    if (option === undefined || leftOut.includes(key)) return [];
    const usual = option.default === undefined ? undefined : option.type.toYaml(option.default);
    const isFlag = option.flag !== undefined && value !== null; // a flag cannot switch off
    if (isFlag && option.type.isList && Array.isArray(value)) {
      return value.flatMap((one) => [option.flag as string, String(one)]);
    }
    const text = String(value);
    if (text === String(usual)) return [];
    return isFlag ? [option.flag as string, text] : ["--set", `${key}=${text}`];
  });
}
