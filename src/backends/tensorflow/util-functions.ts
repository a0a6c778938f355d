/**
 * Functions of Node's `util` that tfjs-node 4.22 calls and Node 23 no longer has (tfjs issue 8609; the change that
 * does without them was merged and not released).
 */

import { createRequire } from "node:module";

type Check = (value: unknown) => boolean;

const FUNCTIONS: Readonly<Record<string, Check>> = {
  isArray: (value) => Array.isArray(value),
  isNullOrUndefined: (value) => value === null || value === undefined,
};

/** Gives `util` those of the functions that it lacks; returns their names. */
export function restoreUtilFunctions(
  // As `require` gives it: what an import sees of a built-in module cannot be written to.
  util: Record<string, unknown> = createRequire(import.meta.url)("node:util"),
): string[] {
  const lacking = Object.keys(FUNCTIONS).filter((name) => typeof util[name] !== "function");
  for (const name of lacking) util[name] = FUNCTIONS[name];
  return lacking;
}
