/** Layers into one frozen configuration: defaults below, then each layer over the one before. */

import { ConfigError } from "../errors.ts";
import type { ConfigLayer } from "./layer.ts";
import { type AnyOption, flattenOptions, type OptionTable } from "./option-table.ts";

/**
 * Returns the configuration that the layers make over the table's defaults; the last layer wins.
 * The result is frozen, sections included; what is off is absent from it.
 *
 * @throws {ConfigError} when a required value is nowhere
 */
export function resolveConfig<C>(table: OptionTable<C>, layers: readonly ConfigLayer[]): C {
  const root: Record<string, unknown> = {};
  for (const [key, option] of flattenOptions(table)) {
    const value = resolveValue(key, option, layers);
    const [name, section] = key.split(".").reverse();
    const holder = section === undefined ? root : sectionOf(root, section);
    if (name !== undefined && value !== undefined) holder[name] = value;
  }
  for (const section of Object.values(root)) Object.freeze(section);
  // The table has an entry for every key of C, and each value passed the check of its entry's type.
  return Object.freeze(root) as C;
}

function resolveValue(key: string, option: AnyOption, layers: readonly ConfigLayer[]): unknown {
  const layer = layers.findLast((candidate) => candidate.has(key));
  const value = layer === undefined ? option.default : layer.get(key);
  if (value === undefined && option.required !== undefined) {
    throw new ConfigError(`expected ${option.required}, got nothing`);
  }
  return value;
}

function sectionOf(root: Record<string, unknown>, section: string): Record<string, unknown> {
  const existing = root[section];
  // Only this function puts values under section names, and it puts records there.
  if (existing !== undefined) return existing as Record<string, unknown>;
  const created: Record<string, unknown> = {};
  root[section] = created;
  return created;
}
