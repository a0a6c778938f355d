/** What the loader of the add-on asks of the machine, so that a test can answer instead. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { packageRoot, packageVersion } from "../package-root.ts";

export interface InstalledPackage {
  readonly folder: string;
  readonly version: string;
}

export interface AddonHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** gdiff's own version and folder. */
  readonly version: string;
  readonly root: string;
  /** As the names of platform packages end: "linux-x64-gnu". */
  readonly platform: string;
  /** An npm package that gdiff can see, or undefined. */
  installed(name: string): InstalledPackage | undefined;
  exists(path: string): boolean;
  /** @throws {Error} when the file is no add-on that this process can load */
  open(path: string): unknown;
}

/** Returns this machine. */
export function thisHost(): AddonHost {
  const require = createRequire(import.meta.url);
  return {
    env: process.env,
    version: packageVersion(),
    root: packageRoot(),
    platform: platformName(process.platform, process.arch),
    installed(name) {
      try {
        const file = require.resolve(`${name}/package.json`);
        return { folder: dirname(file), version: JSON.parse(readFileSync(file, "utf8")).version };
      } catch (error) {
        if (hasCode(error, "MODULE_NOT_FOUND")) return undefined;
        throw error;
      }
    },
    exists: existsSync,
    open: (path) => require(path),
  };
}

function platformName(platform: string, arch: string): string {
  return platform === "linux"
    ? `linux-${arch}-${hasGlibc() ? "gnu" : "musl"}`
    : `${platform}-${arch}`;
}

function hasGlibc(): boolean {
  const report: unknown = process.report.getReport();
  const { header } = report as { readonly header?: object };
  return header !== undefined && "glibcVersionRuntime" in header;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
