/** The flags of a command, as yargs takes them and its help prints them. */

import type { Argv } from "yargs";
import type { AnyOption, FlatOptions } from "../config/option-table.ts";
import type { Entered, Positional } from "./commands.ts";
import { EXIT_CODES_HELP } from "./exit-codes.ts";

/** Untyped, so that the text comes as it was typed, a number's sign included. */
const ONE_VALUE = { nargs: 1 } as const;

const SECTION_TITLES: Readonly<Record<string, string>> = {
  data: "Data:",
  model: "Model:",
  train: "Training:",
  sample: "Sampling:",
  constraints: "Constraints:",
};

/** Assigns any key by name; a command may take a name with it too. */
export const SET_FLAG = "--set";

/** Whether a command has an option of its own under `--set`. */
export function hasSetFlag(options: FlatOptions): boolean {
  return [...options.values()].some(({ flag }) => flag === SET_FLAG);
}

/** Gives yargs the argument, the flags and the help of the command that `path` names. */
export function addOptions(
  scope: Argv,
  { entry, command }: Entered,
  path: readonly string[],
): Argv {
  const { positionals = [], summary } = entry;
  const words = [...path, ...positionals.map(shownPlace)];
  scope.usage(`gdiff ${words.join(" ")} [flags]\n\n${summary}`).version(false);
  for (const { key, placeholder } of positionals) {
    const help = command.options.get(key)?.help ?? "";
    scope.positional(placeholder, { type: "string", describe: help });
  }
  for (const [key, option] of command.options) addOption(scope, key, option);
  addCommonOptions(scope, command.options, positionals);
  const examples = command.examples.map(([line, what]) => `  # ${what}\n  ${line}`).join("\n");
  return scope
    .describe("help", "print this help")
    .epilogue(`Examples:\n${examples}\n\n${EXIT_CODES_HELP}`);
}

function shownPlace({ placeholder, isOptional }: Positional): string {
  return isOptional === true ? `[${placeholder}]` : placeholder;
}

function addOption(scope: Argv, key: string, option: AnyOption): void {
  if (option.flag === undefined || option.flag === SET_FLAG) return;
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

function addCommonOptions(
  scope: Argv,
  options: FlatOptions,
  positionals: readonly Positional[],
): void {
  scope
    .option("json", { type: "boolean", describe: "report as one line of JSON on stdout" })
    .option("debug", { type: "boolean", describe: "show stacks of expected errors too" });
  if (options.size === 0) return;
  const flagless = [...options].filter(
    ([key, { flag }]) =>
      flag === undefined && key.includes(".") && !positionals.some((one) => one.key === key),
  );
  const more = flagless.map(([key]) => key).join(", ");
  const named = [...options.values()].find(({ flag }) => flag === SET_FLAG);
  const name = named === undefined ? "" : `${describeOption(named)}; or `;
  const set = `${name}KEY=VALUE: any key by name; repeatable`;
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
