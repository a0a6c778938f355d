/** The layer of configuration that a printed command makes. */

import { expect } from "vitest";
import { commandLineLayer } from "../../../src/config/command-line-layer.ts";
import type { ConfigLayer } from "../../../src/config/layer.ts";
import type { FlatOptions } from "../../../src/config/option-table.ts";

/** Reads `gdiff VERBS --flag value …`, of flags with a value and --set, none with blanks. */
export function lineLayer(line: string, verbs: string, options: FlatOptions): ConfigLayer {
  expect(line.startsWith(`gdiff ${verbs} --`), line).toBe(true);
  const words = line.slice(`gdiff ${verbs} `.length).split(" ");
  const flags = new Map<string, readonly string[]>();
  const assignments: string[] = [];
  for (let i = 0; i < words.length; i += 2) {
    const [flag, value] = [words[i] as string, words[i + 1] as string];
    if (flag === "--set") assignments.push(value);
    else flags.set(flag, [...(flags.get(flag) ?? []), value]);
  }
  return commandLineLayer(flags, assignments, options);
}
