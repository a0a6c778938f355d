/** Flags of the measurements, by node:util's parser, whose complaints become usage errors. */

import { type ParseArgsConfig, parseArgs } from "node:util";
import { UsageError } from "../src/errors.ts";

type FlagTable = NonNullable<ParseArgsConfig["options"]>;

type Parsed<O extends FlagTable> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; strict: true; allowPositionals: true }>
>;

/** A flag with a value. */
export const text: { readonly type: "string" } = { type: "string" };

/** @throws {UsageError} for a flag that is not in `options`, or lacks its value */
export function parseNamesAndFlags<const O extends FlagTable>(
  argv: readonly string[],
  options: O,
): Parsed<O> {
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** @throws {UsageError} the same, and for anything that is no flag */
export function parseFlags<const O extends FlagTable>(
  argv: readonly string[],
  options: O,
): Parsed<O>["values"] {
  const { values, positionals } = parseNamesAndFlags(argv, options);
  if (positionals.length === 0) return values;
  throw new UsageError(`expected flags only, got ${positionals.join(" ")}`);
}

/** @throws {UsageError} for what is no positive whole number below 10 million */
export function positive(flag: string, value: string): number {
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw new UsageError(`expected ${flag} to be a positive whole number, got ${value}`);
}

/** The same of each number of a list: `1,2,4`. */
export function positives(flag: string, value: string): number[] {
  return value.split(",").map((one) => positive(flag, one));
}
