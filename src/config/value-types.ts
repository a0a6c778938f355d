/** What an option's value may be: how it is read from a flag's text and from YAML, and how it is written back. */

import { formatDuration } from "../util/format.ts";
import { nearestName } from "../util/nearest-name.ts";
import { parseDuration } from "./duration.ts";

export interface ValueType<T> {
  /** The stand-in for a value in help: "N", "FILE"; undefined for a flag that takes none. */
  readonly placeholder: string | undefined;
  /** Completes "expected --flag to be …" for the value that was refused. */
  expectation(value: unknown): string;
  /** Of a refused list, the item that is to blame and that a message shows; without it the whole list. */
  refusedItem?(value: unknown): unknown;
  /** A text from the command line as the value that YAML would hold. */
  fromText(text: string): unknown;
  /** The value that YAML or a flag gave, or undefined when it is refused. */
  fromYaml(value: unknown): T | undefined;
  /** The value that a program gave, or undefined when it is refused; differs from fromYaml for times. */
  check(value: unknown): T | undefined;
  /** The value as YAML holds it. Declared as a method so that tables of mixed types can be walked. */
  toYaml(value: T): unknown;
  /** True where a repeated flag adds to a list. */
  readonly isList: boolean;
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Text that is a number, else the text itself, which the check then refuses by name. */
function numberFromText(text: string): unknown {
  if (text === "NaN" || /^[+-]?Infinity$/.test(text)) return Number(text);
  return DECIMAL.test(text) ? Number(text) : text;
}

/** A type whose values are the same in YAML and inside. */
function plain<T>(
  placeholder: string | undefined,
  expectation: (value: unknown) => string,
  fromText: (text: string) => unknown,
  check: (value: unknown) => T | undefined,
): ValueType<T> {
  const toYaml = (value: T): unknown => value;
  return { placeholder, expectation, fromText, fromYaml: check, check, toYaml, isList: false };
}

function numeric(
  placeholder: string,
  isValid: (value: number) => boolean,
  expectation: (value: unknown) => string,
): ValueType<number> {
  const check = (value: unknown): number | undefined =>
    typeof value === "number" && isValid(value) ? value : undefined;
  return plain(placeholder, expectation, numberFromText, check);
}

/** An integer in 1 … most. */
export function positiveInteger(most: number = Number.MAX_SAFE_INTEGER): ValueType<number> {
  return integer(1, most, "a positive integer");
}

/** An integer in 0 … most. */
export function wholeNumber(most: number = Number.MAX_SAFE_INTEGER): ValueType<number> {
  return integer(0, most, "a whole number");
}

/** An integer in least … most. */
export function integerFrom(least: number, most: number): ValueType<number> {
  return integer(least, most, `an integer from ${least}`);
}

function integer(least: number, most: number, phrase: string): ValueType<number> {
  const isValid = (value: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most;
  const expectation = (value: unknown): string =>
    typeof value === "number" && value > most ? `${phrase} of at most ${most}` : phrase;
  return numeric("N", isValid, expectation);
}

/** A finite number above zero. */
export function positiveNumber(): ValueType<number> {
  return numeric(
    "X",
    (value) => value > 0 && value < Infinity,
    () => "a positive number",
  );
}

/** A finite number of zero or more. */
export function nonNegativeNumber(): ValueType<number> {
  return numeric(
    "X",
    (value) => value >= 0 && value < Infinity,
    () => "a number of 0 or more",
  );
}

/** A number from 0 to 1, both included. */
export function fraction(): ValueType<number> {
  return numeric(
    "X",
    (value) => value >= 0 && value <= 1,
    () => "a number from 0 to 1",
  );
}

/** A number from 0 up to but not including 1, as the decay of an average is. */
export function decay(): ValueType<number> {
  return numeric(
    "X",
    (value) => value >= 0 && value < 1,
    () => "a number from 0 to below 1",
  );
}

/** A text that is not empty. */
export function text(placeholder: string): ValueType<string> {
  return plain(
    placeholder,
    (value) => `a text that is not empty${quoteHint(value)}`,
    asIs,
    (value) => (isFilledText(value) ? value : undefined),
  );
}

/** A list of texts: a YAML list, or a flag given once or more. */
export function textList(placeholder: string): ValueType<readonly string[]> {
  const check = (value: unknown): readonly string[] | undefined =>
    Array.isArray(value) && value.every(isFilledText) ? value : undefined;
  const expectation = (value: unknown): string => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return `a list of texts that are not empty${values.map(quoteHint).find(Boolean) ?? ""}`;
  };
  return { ...plain(placeholder, expectation, (value) => [value], check), isList: true };
}

/** What YAML takes for a number or a truth value may be meant as text: contig 21. */
function quoteHint(value: unknown): string {
  return typeof value === "number" || typeof value === "boolean" ? " (put it in quotes)" : "";
}

function isFilledText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function asIs(value: string): string {
  return value;
}

/** One of a closed list of names. */
export function choice<const T extends string>(names: readonly T[]): ValueType<T> {
  const expectation = (value: unknown): string => {
    const nearest = typeof value === "string" ? nearestName(value, names) : undefined;
    const hint = nearest === undefined ? "" : ` (${nearest}?)`;
    return `one of ${names.join(", ")}${hint}`;
  };
  return plain(names.join("|"), expectation, asIs, (value) => names.find((name) => name === value));
}

/** True or false; as a flag it takes no value. */
export function yesOrNo(): ValueType<boolean> {
  const fromText = (value: string): unknown =>
    value === "true" ? true : value === "false" ? false : value;
  return plain(
    undefined,
    () => "true or false",
    fromText,
    (value) => (typeof value === "boolean" ? value : undefined),
  );
}

/** A time as text with units, `90s`, `60m`, `1h30m`; in milliseconds inside. */
export function duration(): ValueType<number> {
  return {
    placeholder: "TIME",
    expectation: () => "a time such as 90s, 60m or 1h30m",
    fromText: asIs,
    fromYaml: (value) => (typeof value === "string" ? parseDuration(value) : undefined),
    check: (value) =>
      typeof value === "number" && value > 0 && Number.isFinite(value) ? value : undefined,
    toYaml: formatDuration,
    isList: false,
  };
}
