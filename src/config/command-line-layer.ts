/** Flags and `--set key=value` as one layer; both name the same keys, and the two must not disagree. */

import { UsageError } from "../errors.ts";
import { expectedValue } from "../util/expect.ts";
import { type ConfigLayer, readValue, unknownKey } from "./layer.ts";
import type { AnyOption, FlatOptions } from "./option-table.ts";

/** What a flag came with: its text once a time it was given, or nothing for a flag that takes no value. */
export type FlagValues = ReadonlyMap<string, readonly string[]>;

/** How assignments are typed: `--set train.lr=1`, or `--set-for ar:train.lr=1`. */
interface AssignmentForm {
  readonly flag: string;
  /** What stands before the key. */
  readonly prefix: string;
}

const SET: AssignmentForm = { flag: "--set", prefix: "" };

/**
 * Returns the layer of a command line.
 *
 * @param flags texts by flag, dashes included, and positionals by their dotted key
 * @param assignments the texts of each `--set`, `train.steps=100`
 * @param form of the assignments, for messages
 * @throws {UsageError} when a key is unknown, a value is refused, or a key is given twice with two values
 */
export function commandLineLayer(
  flags: FlagValues,
  assignments: readonly string[],
  options: FlatOptions,
  form: AssignmentForm = SET,
): ConfigLayer {
  const given = [
    ...flagsGiven(flags, options),
    ...assignments.map((text) => assigned(text, options, form)),
  ];
  const layer = new Map<string, unknown>();
  const sayings = new Map<string, string>();
  for (const { key, value, saying } of given) {
    const earlier = sayings.get(key);
    if (earlier !== undefined && JSON.stringify(layer.get(key)) !== JSON.stringify(value)) {
      throw new UsageError(`expected one value of ${key}, got ${earlier} and ${saying}`);
    }
    layer.set(key, value);
    sayings.set(key, saying);
  }
  return layer;
}

interface Given {
  readonly key: string;
  readonly value: unknown;
  /** As it was typed, for messages. */
  readonly saying: string;
}

function* flagsGiven(flags: FlagValues, options: FlatOptions): Generator<Given> {
  for (const [key, option] of options) {
    const name = option.flag ?? key;
    const texts = flags.get(name) ?? [];
    if (option.type.isList && texts.length > 0) {
      yield {
        key,
        value: checked(option, name, texts, texts),
        saying: `${name} ${texts.join(" ")}`,
      };
      continue;
    }
    for (const text of texts) {
      const isOff = option.canBeOff === true && text === "null"; // elsewhere it may be a file's name
      const value = checked(option, name, isOff ? null : option.type.fromText(text), text);
      yield {
        key,
        value,
        saying: option.type.placeholder === undefined ? name : `${name} ${text}`,
      };
    }
  }
}

function assigned(
  assignment: string,
  options: FlatOptions,
  { flag, prefix }: AssignmentForm,
): Given {
  const equals = assignment.indexOf("=");
  if (equals < 1) throw new UsageError(expectedValue(flag, "key=value", assignment));
  const key = assignment.slice(0, equals);
  const text = assignment.slice(equals + 1);
  const option = options.get(key);
  if (option === undefined) throw new UsageError(`${flag}: ${unknownKey(key, options)}`);
  const raw = text === "null" ? null : option.type.fromText(text);
  return { key, value: checked(option, key, raw, text), saying: `${flag} ${prefix}${assignment}` };
}

function checked(option: AnyOption, name: string, raw: unknown, shown: unknown): unknown {
  const result = readValue(option, raw, "fromYaml");
  if (result.isRead) return result.value;
  const { type } = option;
  const value =
    type.refusedItem === undefined ? (Array.isArray(raw) ? shown : raw) : type.refusedItem(raw);
  throw new UsageError(expectedValue(name, type.expectation(raw), value));
}
