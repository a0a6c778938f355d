/**
 * One table says everything about a configuration: what each key takes, its default, unit, flag and help line.
 * The key of the table is the key in YAML and in `--set`; sections are nested tables (`train.steps`).
 */

import type { ValueType } from "./value-types.ts";

interface OptionText {
  /** One line, lower case, no full stop. */
  readonly help: string;
  /** What a number counts: "bases", "steps". */
  readonly unit?: string;
  /** With its dashes, `--batch-size`; an option without one is set by YAML or `--set`. */
  readonly flag?: `--${string}`;
  /** True where a preset always decides, so that help does not show the default. */
  readonly isPreset?: true;
  /** False for what belongs to one call and not to the run it makes; such a key is not written to config.yaml. */
  readonly isRecorded?: false;
}

/** A value that has a default; off is `undefined`. */
interface OptionWithDefault<T> extends OptionText {
  readonly type: ValueType<Exclude<T, undefined>>;
  readonly default: T;
  /** True where null switches off what is on by default; without a default an option is off until set. */
  readonly canBeOff?: undefined extends T ? true : never;
}

/** A value that the caller must give; `required` says how: "RUN, the folder of a run". */
interface RequiredOption<T> extends OptionText {
  readonly type: ValueType<Exclude<T, undefined>>;
  readonly required: string;
}

export type Option<T> = OptionWithDefault<T> | RequiredOption<T>;

type Entry<T> = [T] extends [string | number | boolean | readonly unknown[] | undefined]
  ? Option<T>
  : OptionTable<T>;

/** A missing or an unknown entry is a compile error. */
export type OptionTable<C> = { readonly [K in keyof C]-?: Entry<C[K]> };

/** An option seen without its type, as the code that walks tables sees it. */
export type AnyOption = OptionText & {
  readonly type: ValueType<unknown>;
  readonly default?: unknown;
  readonly canBeOff?: true;
  readonly required?: string;
};

/** What walks a table: every option under its dotted key, `train.batchSize`, in table order. */
export type FlatOptions = ReadonlyMap<string, AnyOption>;

/** Returns the options of a table under their dotted keys. */
export function flattenOptions<C>(table: OptionTable<C>): FlatOptions {
  const flat = new Map<string, AnyOption>();
  addOptions(flat, "", table);
  return flat;
}

function addOptions(flat: Map<string, AnyOption>, prefix: string, table: object): void {
  for (const [key, entry] of Object.entries(table)) {
    if (isOption(entry)) flat.set(prefix + key, entry);
    else addOptions(flat, `${prefix}${key}.`, entry);
  }
}

function isOption(entry: object): entry is AnyOption {
  return "help" in entry && typeof entry.help === "string";
}

/** Whether `undefined` (in YAML: null) is a value of the option, meaning off. */
export function isOptional(option: AnyOption): boolean {
  return (
    option.canBeOff === true || (option.required === undefined && option.default === undefined)
  );
}

/** Returns the options of a section as keys that only YAML and `--set` reach. */
export function withoutFlags<C>(section: OptionTable<C>): OptionTable<C> {
  const bare: Record<string, unknown> = {};
  for (const [key, { flag: _, ...rest }] of flattenOptions(section)) bare[key] = rest;
  // The same keys with the same types; only the optional field `flag` is gone.
  return bare as OptionTable<C>;
}
