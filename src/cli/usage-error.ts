/** yargs' complaints in gdiff's words, with the name that was probably meant. */

import type { FlatOptions } from "../config/option-table.ts";
import { UsageError } from "../errors.ts";
import { nearestName } from "../util/nearest-name.ts";
import type { Entered, Level } from "./commands.ts";

const UNKNOWN = /^Unknown arguments?: (.*)$/s;
const NO_VALUE = /^Not enough arguments following: (.*)$/s;
const NO_ARGUMENT = /^Not enough non-option arguments/;
const COMMON_FLAGS = ["--config", "--set", "--json", "--debug", "--help"];

/**
 * Returns the error of a command line that yargs refused.
 *
 * @param message yargs' English message
 * @param args the arguments as they were typed
 * @param entered the command, once it is known which one
 * @param level the names that could have come where the unknown one stands
 */
export function usageError(
  message: string,
  args: readonly string[],
  entered: Entered | undefined,
  level: Level,
): UsageError {
  const options = entered?.command.options;
  const unknown = UNKNOWN.exec(message)?.[1]?.split(", ")[0];
  if (unknown !== undefined) {
    return new UsageError(
      unknownArgument(unknown, args, options) ?? unknownCommand(unknown, level),
    );
  }
  const bare = NO_VALUE.exec(message)?.[1];
  if (bare !== undefined) return new UsageError(`expected a value after --${bare}`);
  const argument = options?.get(entered?.entry.positionals?.[0]?.key ?? "")?.required;
  if (!NO_ARGUMENT.test(message) || options === undefined || argument === undefined)
    return new UsageError(message);
  // yargs counts before it looks at names, and takes the word after an unknown flag for its value.
  const wrong = args.map(flagOf).find((flag) => flag !== undefined && !isKnown(flag, options));
  return new UsageError(
    wrong === undefined ? `expected ${argument}, got nothing` : unknownFlag(wrong, options),
  );
}

/** `--json` of `--json=true`; undefined of what is no flag. */
function flagOf(arg: string): string | undefined {
  return /^--[^=]+/.exec(arg)?.[0];
}

function isKnown(flag: string, options: FlatOptions): boolean {
  return (
    COMMON_FLAGS.includes(flag) || [...options.values()].some((option) => option.flag === flag)
  );
}

/** Returns undefined where the name stands in a command's place. */
function unknownArgument(
  name: string,
  args: readonly string[],
  options: FlatOptions | undefined,
): string | undefined {
  const isFlag = args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  if (isFlag) return unknownFlag(`--${name}`, options ?? new Map());
  if (args.some((arg) => /^-[^-]/.test(arg) && arg.includes(name))) return `unknown flag -${name}`;
  return options === undefined ? undefined : `unexpected argument ${name}`;
}

function unknownCommand(name: string, { path, entries }: Level): string {
  const names = entries.map((entry) => entry.name);
  const nearest = nearestName(name, names);
  const whole = [...path, name].join(" ");
  return nearest === undefined
    ? `unknown command ${whole}: expected one of ${names.join(", ")}`
    : `unknown command ${whole}: did you mean ${[...path, nearest].join(" ")}?`;
}

function unknownFlag(flag: string, options: FlatOptions): string {
  const suggestions = new Map(COMMON_FLAGS.map((known) => [known, known]));
  for (const [key, option] of options) {
    const asFlag = option.flag ?? `--${key.slice(key.lastIndexOf(".") + 1)}`;
    suggestions.set(asFlag, option.flag ?? `--set ${key}=…`);
  }
  const nearest = nearestName(flag, suggestions.keys());
  return nearest === undefined
    ? `unknown flag ${flag}`
    : `unknown flag ${flag}: did you mean ${suggestions.get(nearest)}?`;
}
