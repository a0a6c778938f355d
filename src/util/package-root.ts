/** Where the package's own files are: presets and manifests ship beside the built code. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Returns the folder of gdiff's package.json, found upwards from `moduleUrl`; the same from sources and from `dist/`.
 *
 * @throws {Error} internal, when a built file was moved away from its package
 */
export function packageRoot(moduleUrl: string = import.meta.url): string {
  const start = dirname(fileURLToPath(moduleUrl));
  for (let folder = start; ; folder = dirname(folder)) {
    if (packageName(folder) === "gdiff") return folder;
    if (folder === dirname(folder)) break;
  }
  throw new Error(`internal: expected the package.json of gdiff above ${start}`);
}

/** Returns the version in gdiff's package.json. */
export function packageVersion(): string {
  const { version } = readPackage(packageRoot());
  return String(version);
}

function packageName(folder: string): unknown {
  return existsSync(join(folder, "package.json")) ? readPackage(folder).name : undefined;
}

function readPackage(folder: string): { readonly name?: unknown; readonly version?: unknown } {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
