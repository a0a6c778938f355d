/** The command line through yargs: which command, with which texts; values are checked by config/. */

import yargs, { type Argv } from "yargs";
import type { FlatOptions } from "../config/option-table.ts";
import { UsageError } from "../errors.ts";
import { expectedValue } from "../util/expect.ts";
import { packageVersion } from "../util/package-root.ts";
import type { Command } from "./command.ts";
import { addOptions, hasSetFlag, SET_FLAG } from "./command-flags.ts";
import type { CommandEntry, Entered, GroupEntry, Level, Positional } from "./commands.ts";
import { EXIT_CODES_HELP } from "./exit-codes.ts";
import { usageError } from "./usage-error.ts";

/** A command line that names a command. */
export interface Chosen {
  readonly command: Command;
  /** Texts by flag, with dashes, and by key for positionals. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly configFile: string | undefined;
  readonly assignments: readonly string[];
  readonly isJson: boolean;
}

/** Either a command to run, or text to print: help or the version. */
export type Parsed = { readonly chosen: Chosen } | { readonly text: string };

const WIDEST_HELP = 100;

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
  const level: Level = { path: [], entries: commands };
  const reading: Reading = { args, chosen: undefined, entered: undefined, level };
  const program = newProgram(Math.min(columns, WIDEST_HELP))
    .demandCommand(1, expectation("a command", commands))
    .fail((message, error) => {
      throw error ?? usageError(message, args, reading.entered, reading.level);
    });
  addCommands(program, level, reading);
  let text = "";
  try {
    await program.parseAsync([...args], {}, (error, _values, output) => {
      if (error) throw error;
      text = output;
    });
  } catch (error) {
    // A complaint about a flag's count of values does not pass through fail().
    if (!(error instanceof Error) || error.name !== "YError") throw error;
    throw usageError(error.message, args, reading.entered, reading.level);
  }
  const { chosen } = reading;
  return chosen === undefined ? { text: `${text}\n` } : { chosen };
}

/** What the arguments have named so far. */
interface Reading {
  readonly args: readonly string[];
  chosen: Chosen | undefined;
  entered: Entered | undefined;
  /** The names that may come next. */
  level: Level;
}

function addCommands(scope: Argv, { path, entries }: Level, reading: Reading): void {
  for (const entry of entries) {
    const here = [...path, entry.name];
    if ("verbs" in entry) {
      scope.command({
        command: entry.name,
        describe: entry.summary,
        builder: (group) => addGroup(group, entry, here, reading),
        handler: () => {},
      });
      continue;
    }
    const { name, positionals = [], summary } = entry;
    scope.command({
      command: [name, ...positionals.map(placeOf)].join(" "),
      describe: summary,
      builder: async (single) => {
        const entered = { entry, command: await entry.load() };
        reading.entered = entered;
        return addOptions(single, entered, here);
      },
      handler: (values) => {
        if (reading.entered === undefined) return;
        expectSwitchValues(reading.args, reading.entered.command.options);
        reading.chosen = choose(reading.entered, values);
      },
    });
  }
}

/** As yargs has it: `<RUN>`, or `[RUN]` where it may be left out. */
function placeOf({ placeholder, isOptional }: Positional): string {
  return isOptional === true ? `[${placeholder}]` : `<${placeholder}>`;
}

function addGroup(group: Argv, entry: GroupEntry, path: readonly string[], reading: Reading): Argv {
  const { summary, verbs } = entry;
  const name = path.join(" ");
  reading.level = { path, entries: verbs };
  addCommands(group, reading.level, reading);
  return group
    .usage(`gdiff ${name} VERB [flags]\n\n${summary}`)
    .version(false)
    .demandCommand(1, expectation(`a verb after gdiff ${name}`, verbs))
    .describe("help", `print this help; gdiff ${name} VERB --help prints a verb's`)
    .epilogue(EXIT_CODES_HELP);
}

function expectation(what: string, entries: readonly CommandEntry[]): string {
  return `expected ${what}: ${entries.map(({ name }) => name).join(", ")}`;
}

function newProgram(width: number): Argv {
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
    .version(packageVersion())
    .describe("version", "print the version")
    .help()
    .describe("help", "print this help; gdiff COMMAND --help prints a command's")
    .epilogue(EXIT_CODES_HELP)
    .wrap(width);
}

function choose({ entry, command }: Entered, values: Readonly<Record<string, unknown>>): Chosen {
  const flags = new Map<string, readonly string[]>();
  for (const { flag } of command.options.values()) {
    if (flag === undefined || flag === SET_FLAG) continue;
    const given = textsOf(values[flag.slice(2)]);
    if (given.length > 0) flags.set(flag, given);
  }
  for (const { key, placeholder } of entry.positionals ?? []) {
    const given = textsOf(values[placeholder]);
    if (given.length > 0) flags.set(key, given);
  }
  const { names, assignments } = splitSets(textsOf(values.set), command.options);
  if (names.length > 0) flags.set(SET_FLAG, names);
  const configFiles = textsOf(values.config);
  if (configFiles.length > 1) {
    throw new UsageError(`expected --config once, got ${configFiles.join(" and ")}`);
  }
  return {
    command,
    flags,
    configFile: configFiles[0],
    assignments,
    isJson: values.json === true,
  };
}

/** `--set NAME` where a command has an option of that flag, `--set KEY=VALUE` everywhere. */
function splitSets(
  texts: readonly string[],
  options: FlatOptions,
): { readonly names: readonly string[]; readonly assignments: readonly string[] } {
  const isName = (text: string): boolean => hasSetFlag(options) && !text.includes("=");
  return { names: texts.filter(isName), assignments: texts.filter((text) => !isName(text)) };
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
