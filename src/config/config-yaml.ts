/** A resolved configuration as YAML that reads back to the same values. */

import { stringify } from "yaml";
import { flattenOptions, type OptionTable } from "./option-table.ts";

/**
 * Returns what is recorded of a configuration: dotted keys in table order, values as YAML has them; null stands for off
 * where a default would take its place.
 */
export function recordedValues<C extends object>(
  table: OptionTable<C>,
  config: C,
): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [key, option] of flattenOptions(table)) {
    const value = valueAt(config, key);
    const isOff = value === undefined;
    if (option.isRecorded === false || (isOff && option.canBeOff !== true)) continue;
    values.set(key, isOff ? null : option.type.toYaml(value));
  }
  return values;
}

/** Returns the YAML of every recorded key. */
export function configYaml<C extends object>(table: OptionTable<C>, config: C): string {
  const root = new Map<string, unknown>();
  for (const [key, written] of recordedValues(table, config)) {
    const [section, name] = key.split(".");
    if (section === undefined) continue;
    if (name === undefined) root.set(section, written);
    else sectionOf(root, section).set(name, written);
  }
  return stringify(root, { lineWidth: 0 });
}

function sectionOf(root: Map<string, unknown>, section: string): Map<string, unknown> {
  const existing = root.get(section);
  if (existing instanceof Map) return existing;
  const created = new Map<string, unknown>();
  root.set(section, created);
  return created;
}

function valueAt(config: object, dottedKey: string): unknown {
  let value: unknown = config;
  for (const key of dottedKey.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
