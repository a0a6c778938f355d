/** A command that makes the same study: what a report says was typed. */

import { shellWord } from "../../src/util/shell-word.ts";
import { typedFlags } from "../typed-flags.ts";
import { layerOfPreset, type StudyConfig, studyOptions } from "./options.ts";

/** Flags of what differs from the preset. */
export async function studyCommandLine(config: StudyConfig): Promise<string> {
  const flags = typedFlags(studyOptions, config, [await layerOfPreset(config.preset)]);
  return ["gdiff", "study", "objectives", ...flags, "--out", config.out].map(shellWord).join(" ");
}
