/** npm packages that may be absent, found the way Node finds them and not run. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";

export interface OptionalPackage {
  readonly name: string;
  /** "4.22.0". */
  readonly version: string;
  /** Where its package.json is. */
  readonly folder: string;
}

/** Looks for an installed package; undefined where there is none. */
export function findPackage(name: string): OptionalPackage | undefined {
  const file = resolveFrom(import.meta.url, `${name}/package.json`);
  if (file === undefined) return undefined;
  const { version }: { version?: unknown } = JSON.parse(readFileSync(file, "utf8"));
  return { name, version: String(version), folder: dirname(file) };
}

function resolveFrom(url: string, specifier: string): string | undefined {
  try {
    return createRequire(url).resolve(specifier);
  } catch {
    return undefined;
  }
}
