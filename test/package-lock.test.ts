/** `npm ci` works from package-lock.json alone, on every platform and with any registry. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const FILE = join(import.meta.dirname, "../package-lock.json");
const lock: { packages: Record<string, LockedPackage> } = JSON.parse(readFileSync(FILE, "utf8"));
const locked = Object.entries(lock.packages);

test("names no place where packages came from", () => {
  expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test("holds the builds for every platform, those too that were not installable where it was written", () => {
  const names = new Set(locked.map(([path]) => path.replace(/^.*node_modules\//, "")));
  const optional = locked.flatMap(([, one]) => Object.keys(one.optionalDependencies ?? {}));
  expect(optional.filter((name) => !names.has(name))).toEqual([]);
});

test("gives every package a version", () => {
  expect(locked.filter(([, { version }]) => version === undefined)).toEqual([]);
});
