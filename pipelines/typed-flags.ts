/** Flags that make a configuration again: what a report says was typed. */

import { recordedValues } from "../src/config/config-yaml.ts";
import type { ConfigLayer } from "../src/config/layer.ts";
import { type AnyOption, flattenOptions, type OptionTable } from "../src/config/option-table.ts";

/**
 * Returns flags of what differs from what would be without them, `--set` for what has none.
 *
 * @param below what lies between the defaults and the flags, the last on top: a preset's values
 * @param leftOut keys that something else decides
 */
export function typedFlags<Config extends object>(
  table: OptionTable<Config>,
  config: Config,
  below: readonly ConfigLayer[],
  leftOut: readonly string[] = [],
): readonly string[] {
  const options = flattenOptions(table);
  return [...recordedValues(table, config)].flatMap(([key, value]) => {
    const option = options.get(key);
    if (option === undefined || leftOut.includes(key)) return [];
    const text = String(value);
    if (text === usualText(key, option, below)) return [];
    const isFlag = option.flag !== undefined && value !== null; // a flag cannot switch off
    if (isFlag && option.type.isList && Array.isArray(value)) {
      return value.flatMap((one) => [option.flag as string, String(one)]);
    }
    return isFlag ? [option.flag as string, text] : ["--set", `${key}=${text}`];
  });
}

function usualText(key: string, option: AnyOption, below: readonly ConfigLayer[]): string {
  const layer = below.findLast((one) => one.has(key));
  const usual = layer === undefined ? option.default : layer.get(key);
  return String(usual === undefined ? null : option.type.toYaml(usual));
}
