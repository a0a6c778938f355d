/** The command line through yargs: which command, with which texts; values are checked by config/. */

import yargs, { type Argv } from "yargs";
import type { AnyOption, FlatOptions } from "../config/option-table.ts";
import { packageVersion } from "../config/package-root.ts";
import { UsageError } from "../errors.ts";
import { expectedValue } from "../util/expect.ts";
import type { Command } from "./command.ts";
import type { CommandEntry, Entered } from "./commands.ts";
import { EXIT_CODES_HELP } from "./exit-codes.ts";
import { usageError } from "./usage-error.ts";

/** A command line that names a command. */
export interface Chosen {
  readonly name: string;
  readonly command: Command;
  /** Texts by flag, with dashes, and by key for the positional. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly configFile: string | undefined;
  readonly assignments: readonly string[];
  readonly isJson: boolean;
}

/** Either a command to run, or text to print: help or the version. */
export type Parsed = { readonly chosen: Chosen } | { readonly text: string };

const WIDEST_HELP = 100;

/** Untyped, so that the text comes as it was typed, a number's sign included. */
const ONE_VALUE = { nargs: 1 } as const;

/**
 * Parses the arguments after the program's name.
 *
 * @param columns width of the terminal that help is read on
 * @throws {UsageError} when a command or a flag is unknown or lacks its value
 */
export async function parseArguments(
  args: readonly string[],
  columns: number,
  commands: readonly CommandEntry[],
): Promise<Parsed> {
  let chosen: Chosen | undefined;
  let entered: Entered | undefined;
  const program = newProgram(commands, Math.min(columns, WIDEST_HELP)).fail((message, error) => {
    throw error ?? usageError(message, args, entered, commands);
  });
  for (const entry of commands) {
    const { name, positional, summary } = entry;
    program.command({
      command: positional === undefined ? name : `${name} <${positional.placeholder}>`,
      describe: summary,
      builder: async (scope) => {
        entered = { entry, command: await entry.load() };
        return addOptions(scope, entered);
      },
      handler: (values) => {
        if (entered === undefined) return;
        expectSwitchValues(args, entered.command.options);
        chosen = choose(entered, values);
      },
    });
  }
  let text = "";
  try {
    await program.parseAsync([...args], {}, (error, _values, output) => {
      if (error) throw error;
      text = output;
    });
  } catch (error) {
    // A complaint about a flag's count of values does not pass through fail().
    if (!(error instanceof Error) || error.name !== "YError") throw error;
    throw usageError(error.message, args, entered, commands);
  }
  return chosen === undefined ? { text: `${text}\n` } : { chosen };
}

function newProgram(commands: readonly CommandEntry[], width: number): Argv {
  return yargs()
    .scriptName("gdiff")
    .usage("gdiff COMMAND [flags]")
    .detectLocale(false)
    .parserConfiguration({
      "camel-case-expansion": false,
      "dot-notation": false,
      "boolean-negation": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
    })
    .strict()
    .demandCommand(1, 1, `expected a command: ${commands.map(({ name }) => name).join(", ")}`)
    .version(packageVersion())
    .describe("version", "print the version")
    .help()
    .describe("help", "print this help; gdiff COMMAND --help prints a command's")
    .epilogue(EXIT_CODES_HELP)
    .wrap(width);
}

const SECTION_TITLES: Readonly<Record<string, string>> = {
  data: "Data:",
  model: "Model:",
  train: "Training:",
  sample: "Sampling:",
};

function addOptions(scope: Argv, { entry, command }: Entered): Argv {
  const { name, positional, summary } = entry;
  const argument = positional === undefined ? "" : ` ${positional.placeholder}`;
  scope.usage(`gdiff ${name}${argument} [flags]\n\n${summary}`).version(false);
  if (positional !== undefined) {
    const help = command.options.get(positional.key)?.help ?? "";
    scope.positional(positional.placeholder, { type: "string", describe: help });
  }
  for (const [key, option] of command.options) addOption(scope, key, option);
  addCommonOptions(scope, command.options);
  const examples = command.examples.map(([line, what]) => `  # ${what}\n  ${line}`).join("\n");
  return scope
    .describe("help", "print this help")
    .epilogue(`Examples:\n${examples}\n\n${EXIT_CODES_HELP}`);
}

function addOption(scope: Argv, key: string, option: AnyOption): void {
  if (option.flag === undefined) return;
  const [section] = key.includes(".") ? key.split(".") : [];
  scope.option(option.flag.slice(2), {
    ...(option.type.placeholder === undefined ? { type: "boolean" } : ONE_VALUE),
    describe: describeOption(option),
    group: SECTION_TITLES[section ?? ""] ?? "Run:",
  });
}

/** `N windows: windows in one forward pass [8]`. */
function describeOption({ type, unit, help, isPreset, default: value }: AnyOption): string {
  const what = [type.placeholder, unit].filter((part) => part !== undefined).join(" ");
  const isSaid = value !== undefined && value !== false && isPreset !== true;
  return `${what === "" ? "" : `${what}: `}${help}${isSaid ? ` [${String(type.toYaml(value))}]` : ""}`;
}

function addCommonOptions(scope: Argv, options: FlatOptions): void {
  scope
    .option("json", { type: "boolean", describe: "report as one line of JSON on stdout" })
    .option("debug", { type: "boolean", describe: "show stacks of expected errors too" });
  if (options.size === 0) return;
  const flagless = [...options].filter(
    ([key, { flag }]) => flag === undefined && key.includes("."),
  );
  const more = flagless.map(([key]) => key).join(", ");
  const set = "KEY=VALUE: any key by name; repeatable";
  scope
    .option("config", {
      ...ONE_VALUE,
      describe: "FILE: YAML with the keys of --set, under the flags",
    })
    .option("set", {
      ...ONE_VALUE,
      describe: more === "" ? set : `${set}; keys without a flag: ${more}`,
    });
}

function choose({ entry, command }: Entered, values: Readonly<Record<string, unknown>>): Chosen {
  const flags = new Map<string, readonly string[]>();
  const { name, positional } = entry;
  for (const { flag } of command.options.values()) {
    const given = flag === undefined ? [] : textsOf(values[flag.slice(2)]);
    if (flag !== undefined && given.length > 0) flags.set(flag, given);
  }
  if (positional !== undefined) flags.set(positional.key, textsOf(values[positional.placeholder]));
  const configFiles = textsOf(values.config);
  if (configFiles.length > 1) {
    throw new UsageError(`expected --config once, got ${configFiles.join(" and ")}`);
  }
  return {
    name,
    command,
    flags,
    configFile: configFiles[0],
    assignments: textsOf(values.set),
    isJson: values.json === true,
  };
}

/** yargs takes any word for false: `--resume=maybe`. */
function expectSwitchValues(args: readonly string[], options: FlatOptions): void {
  const flags = [...options.values()].filter(({ type }) => type.placeholder === undefined);
  const switches = ["--json", "--debug", ...flags.map(({ flag }) => flag)];
  for (const [, flag, value] of args.map((arg) => /^(--[^=]+)=(.*)$/s.exec(arg) ?? [])) {
    if (flag === undefined || !switches.includes(flag) || value === "true" || value === "false")
      continue;
    throw new UsageError(expectedValue(flag, "true or false", value));
  }
}

function textsOf(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
