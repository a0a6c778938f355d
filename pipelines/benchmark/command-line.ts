/** A command that makes the same benchmark: what a report says was typed. */

import { shellWord } from "../../src/util/shell-word.ts";
import { BACKBONE_KEYS } from "../backbone-layer.ts";
import { typedFlags } from "../typed-flags.ts";
import { type BenchmarkConfig, benchmarkOptions, layersOfPreset } from "./options.ts";

/** What a pretrained run decides. */
const DECIDED: readonly string[] = ["fromScratch", ...BACKBONE_KEYS];

/** Flags of what differs from the preset. */
export async function benchmarkCommandLine(config: BenchmarkConfig): Promise<string> {
  const { run, out, preset } = config;
  const leftOut = ["run", ...(run === undefined ? [] : DECIDED)];
  const flags = typedFlags(benchmarkOptions, config, await layersOfPreset(preset), leftOut);
  const words = ["benchmark", ...(run === undefined ? [] : [run]), ...flags, "--out", out];
  return ["gdiff", ...words.map(shellWord)].join(" ");
}
