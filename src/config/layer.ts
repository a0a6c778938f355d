/** One source of configuration, checked key by key: a preset, a YAML file, the flags of a command line. */

import { ConfigError } from "../errors.ts";
import { describeValue, expectedValue } from "../util/expect.ts";
import { nearestName } from "../util/nearest-name.ts";
import { type AnyOption, type FlatOptions, isOptional } from "./option-table.ts";

/** Checked values under dotted keys; `undefined` switches an optional value off. */
export type ConfigLayer = ReadonlyMap<string, unknown>;

/** Reads a raw value as a type does: `type.fromYaml` or `type.check`. */
type Reading = "fromYaml" | "check";

/** Returns `undefined` for null where that means off, else the value that the option's type makes of `raw`. */
export function readValue(option: AnyOption, raw: unknown, reading: Reading): ReadResult {
  if (raw === null && isOptional(option)) return { isRead: true, value: undefined };
  const value = option.type[reading](raw);
  return value === undefined ? { isRead: false } : { isRead: true, value };
}

type ReadResult = { readonly isRead: true; readonly value: unknown } | { readonly isRead: false };

/**
 * Returns the layer that a nested mapping holds; `where` heads each message: a file, or the caller's own words.
 *
 * @param mapping a Map, as the YAML reader gives, or a plain object
 * @throws {ConfigError} when a key is unknown or a value is not what its option takes
 */
export function mappingLayer(
  mapping: unknown,
  where: string,
  options: FlatOptions,
  reading: Reading,
): ConfigLayer {
  const layer = new Map<string, unknown>();
  addMapping(layer, mapping, "", { where, options, reading });
  return layer;
}

interface MappingContext {
  readonly where: string;
  readonly options: FlatOptions;
  readonly reading: Reading;
}

function addMapping(
  layer: Map<string, unknown>,
  mapping: unknown,
  section: string,
  context: MappingContext,
): void {
  const { where, options, reading } = context;
  const entries = mappingEntries(mapping);
  if (entries === undefined) {
    const subject = section === "" ? "the configuration" : section;
    throw new ConfigError(`${where}: ${expectedValue(subject, "a mapping", mapping)}`);
  }
  for (const [name, raw] of entries) {
    const key = section === "" ? name : `${section}.${name}`;
    const option = options.get(key);
    if (option === undefined && isSection(key, options)) {
      // A section whose every line is a comment is null in YAML.
      if (raw !== null) addMapping(layer, raw, key, context);
      continue;
    }
    if (option === undefined) throw new ConfigError(`${where}: ${unknownKey(key, options)}`);
    const result = readValue(option, raw, reading);
    if (!result.isRead) {
      const { type } = option;
      const shown = type.refusedItem === undefined ? raw : type.refusedItem(raw);
      throw new ConfigError(`${where}: ${expectedValue(key, type.expectation(raw), shown)}`);
    }
    if (layer.has(key)) {
      const both = `${describeValue(layer.get(key))} and ${describeValue(result.value)}`;
      throw new ConfigError(`${where}: expected one value of ${key}, got ${both}`);
    }
    layer.set(key, result.value);
  }
}

function mappingEntries(mapping: unknown): [string, unknown][] | undefined {
  if (mapping instanceof Map) return [...mapping].map(([key, value]) => [String(key), value]);
  if (typeof mapping !== "object" || mapping === null || Array.isArray(mapping)) return undefined;
  return Object.entries(mapping).filter(([, value]) => value !== undefined);
}

function isSection(key: string, options: FlatOptions): boolean {
  return [...options.keys()].some((known) => known.startsWith(`${key}.`));
}

/** `unknown key train.stpes: did you mean train.steps?` */
export function unknownKey(key: string, options: FlatOptions): string {
  const known = [...options.keys()];
  const nearest = known.find((name) => name.endsWith(`.${key}`)) ?? nearestName(key, known);
  return nearest === undefined
    ? `unknown key ${key}`
    : `unknown key ${key}: did you mean ${nearest}?`;
}
