/** A command that makes the same benchmark: what a report says was typed. */

import { recordedValues } from "../../src/config/config-yaml.ts";
import { flattenOptions } from "../../src/config/option-table.ts";
import { shellWord } from "../../src/util/shell-word.ts";
import { BACKBONE_KEYS } from "../backbone-layer.ts";
import { type BenchmarkConfig, benchmarkOptions } from "./options.ts";

/** What a pretrained run decides. */
const DECIDED: readonly string[] = ["fromScratch", ...BACKBONE_KEYS];

/** Flags of what differs from the defaults; the preset is left as it is, what it says is written out too. */
export function benchmarkCommandLine(config: BenchmarkConfig): string {
  const { run, out } = config;
  const options = flattenOptions(benchmarkOptions);
  const flags = [...recordedValues(benchmarkOptions, config)].flatMap(([key, value]) => {
    const option = options.get(key);
    if (option === undefined || key === "run") return [];
    if (run !== undefined && DECIDED.includes(key)) return [];
    const usual = option.default === undefined ? undefined : option.type.toYaml(option.default);
    const text = String(value);
    if (text === String(usual)) return [];
    const isFlag = option.flag !== undefined && value !== null; // a flag cannot switch off
    return isFlag ? [option.flag as string, text] : ["--set", `${key}=${text}`];
  });
  const words = ["benchmark", ...(run === undefined ? [] : [run]), ...flags, "--out", out];
  return ["gdiff", ...words.map(shellWord)].join(" ");
}
