/** What `gdiff doctor` says of the backend `native`. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { GdiffError } from "../../errors.ts";
import { type Addon, loadAddon } from "../../util/addon/load.ts";
import type { BackendReport } from "../backend-name.ts";
import { defaultPrecision, describeNative } from "./describe.ts";

/** Loads the add-on, which takes milliseconds, and starts no backend. */
export function reportNative(): Omit<BackendReport, "name"> {
  try {
    return describeAddon(loadAddon());
  } catch (error) {
    if (!(error instanceof GdiffError)) throw error;
    return { isAvailable: false, reason: error.message };
  }
}

function describeAddon({ binding, path, origin }: Addon): Omit<BackendReport, "name"> {
  const sets = binding
    .instructionSets()
    .map(({ name, runsHere }) => (runsHere ? name : `${name} (not on this processor)`));
  const build = readBuild(path);
  return {
    isAvailable: true,
    device: "CPU",
    reason: describeNative(binding, defaultPrecision(binding)),
    details: [
      `add-on ${path} (${origin})`,
      `instruction sets ${sets.join(", ")}; in use ${binding.getInstructionSet()}`,
      ...(build === undefined ? [] : [`compiled by ${build.compiler}${leftOut(build)}`]),
    ],
  };
}

function leftOut({ leftOut }: Build): string {
  return leftOut.length === 0 ? "" : `, which left out ${leftOut.join(", ")}`;
}

/** What native/build/build.json, beside the add-on, says of how it was made. */
interface Build {
  readonly compiler: string;
  readonly leftOut: readonly string[];
}

function readBuild(addon: string): Build | undefined {
  const file = join(dirname(addon), "build.json");
  if (!existsSync(file)) return undefined;
  const build: unknown = JSON.parse(readFileSync(file, "utf8"));
  return isBuild(build) ? build : undefined;
}

function isBuild(value: unknown): value is Build {
  return (
    typeof value === "object" &&
    value !== null &&
    "compiler" in value &&
    typeof value.compiler === "string" &&
    "leftOut" in value &&
    Array.isArray(value.leftOut)
  );
}
