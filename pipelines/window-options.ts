/** The options that define windows, as a folder of shards records them and as later calls are compared with them. */

import { recordedValues } from "../src/config/config-yaml.ts";
import { type ConfigLayer, mappingLayer } from "../src/config/layer.ts";
import { flattenOptions, type OptionTable } from "../src/config/option-table.ts";
import type { ShardFacts } from "../src/data/shards/shard-facts.ts";
import { type DataConfig, dataOptions } from "./pretrain/sections.ts";
import { seedOption } from "./shared-options.ts";

export interface WindowConfig {
  readonly data: DataConfig;
  readonly seed: number;
}

const windowOptions: OptionTable<WindowConfig> = { data: dataOptions, seed: seedOption };

const FLAT = flattenOptions(windowOptions);

/** Returns what a folder of shards records of its options, sections nested. */
export function recordedWindowOptions(config: WindowConfig): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const [key, value] of recordedValues(windowOptions, config)) {
    const [section, name] = key.split(".");
    if (section === "data" && name !== undefined) data[name] = value;
  }
  return { data, seed: config.seed };
}

/**
 * Returns the recorded options as a layer of configuration.
 *
 * @throws {ConfigError} when they are not this gdiff's
 */
export function windowLayer({ options }: ShardFacts, folder: string): ConfigLayer {
  return mappingLayer(new Map(Object.entries(options)), folder, FLAT, "fromYaml");
}

/** One text a key in which `config` differs from what was recorded: `data.length: expected 1024, got 512`. */
export function windowDifferences(
  facts: ShardFacts,
  config: WindowConfig,
  folder: string,
): string[] {
  const recorded = windowLayer(facts, folder);
  const values = recordedValues(windowOptions, config);
  return [...FLAT].flatMap(([key, { type }]) => {
    const before = recorded.get(key);
    const expected = before === undefined ? undefined : type.toYaml(before);
    const got = values.get(key) ?? undefined;
    return expected === got ? [] : [`${key}: expected ${expected ?? "none"}, got ${got ?? "none"}`];
  });
}
