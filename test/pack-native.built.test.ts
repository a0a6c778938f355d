/** The two packages of a release, installed into an empty folder without a network, and gdiff without the other one. */

import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { thisHost } from "../src/util/addon/addon-host.ts";
import { findAddon } from "../src/util/addon/load.ts";

const ROOT = join(import.meta.dirname, "..");
const { platform, version } = thisHost();
const PACKAGE = `@gdiff/native-${platform}`;
const hasAddon = existsSync(join(ROOT, "native/build/gdiff.node"));
if (!hasAddon) console.log("skipped: the packages of a release (the add-on is not built)");

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(cwd: string, program: string, ...args: readonly string[]): Ran {
  const { GDIFF_NATIVE: _, CI: _ci, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8" });
  return { status, stdout, stderr };
}

function runWell(cwd: string, program: string, ...args: readonly string[]): Ran {
  const ran = run(cwd, program, ...args);
  if (ran.status !== 0)
    throw new Error(`${program} ${args.join(" ")}: ${ran.stdout}\n${ran.stderr}`);
  return ran;
}

/** What npm finds installed there already, it does not fetch: gdiff's dependencies, linked file by file. */
function linkDependencies(project: string): void {
  const listed = runWell(ROOT, "npm", "ls", "--omit=dev", "--all", "--parseable").stdout;
  for (const path of listed.trim().split("\n").slice(1)) {
    linkFiles(path, join(project, relative(ROOT, path)));
  }
  const bins = join(ROOT, "node_modules/.bin");
  mkdirSync(join(project, "node_modules/.bin"));
  for (const name of readdirSync(bins)) {
    const target = join(project, "node_modules/.bin", readlinkSync(join(bins, name)));
    if (existsSync(target))
      cpSync(join(bins, name), join(project, "node_modules/.bin", name), {
        verbatimSymlinks: true,
      });
  }
}

function linkFiles(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && entry.name !== "node_modules") linkFiles(source, target);
    else if (entry.isFile() && !entry.name.endsWith(".map")) linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    cpSync(source, target); // another file system
  }
}

describe.skipIf(!hasAddon)("a release", () => {
  let folder: string;
  let packed: Readonly<Record<"platform" | "gdiff", string>>;

  /** A folder into which npm has installed these files, from no registry. */
  const installed = (name: string, files: readonly string[]): string => {
    const project = join(folder, name);
    mkdirSync(join(project, "node_modules"), { recursive: true });
    writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
    linkDependencies(project);
    const quick = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund"];
    const nowhere = ["--registry", "http://127.0.0.1:9/", "--cache", join(folder, "cache")];
    runWell(project, "npm", "install", ...quick, ...nowhere, ...files);
    return project;
  };
  const gdiff = (project: string, ...args: readonly string[]): Ran =>
    run(project, join(project, "node_modules/.bin/gdiff"), ...args);
  const native = (
    project: string,
  ): { readonly isAvailable: boolean; readonly details?: string[] } => {
    const { backends } = JSON.parse(gdiff(project, "doctor", "--json").stdout);
    return backends.find(({ name }: { readonly name: string }) => name === "native");
  };
  const DRY = ["pretrain", "--genome", "demo", "--preset", "demo", "--dry-run"];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "gdiff-release-"));
    const script = join(ROOT, "scripts/pack-native.mjs");
    const printed = runWell(ROOT, process.execPath, script, "--out", folder).stdout;
    const [first = "", second = ""] = printed.trim().split("\n");
    packed = { platform: first, gdiff: second };
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("with both packages computes on native, from the prebuilt add-on", () => {
    const project = installed("both", [packed.gdiff, packed.platform]);
    const addon = join(project, "node_modules", PACKAGE, "gdiff.node");
    expect(native(project)).toMatchObject({
      isAvailable: true,
      details: expect.arrayContaining([`add-on ${addon} (prebuilt)`]),
    });
    const { status, stderr } = gdiff(project, ...DRY);
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^backend native \(auto\): /m)]);

    const manifest = JSON.parse(
      readFileSync(join(project, "node_modules/gdiff/package.json"), "utf8"),
    );
    expect(manifest).toMatchObject({ optionalDependencies: { [PACKAGE]: version } });
    expect(manifest).not.toHaveProperty("scripts");
    expect(existsSync(join(project, "node_modules/gdiff/native"))).toBe(false);
    const files = readdirSync(join(project, "node_modules", PACKAGE)).sort();
    expect(files).toEqual(["LICENSE", "README.md", "build.json", "gdiff.node", "package.json"]);
  });

  test("without the platform's package computes on wasm and says so", () => {
    const project = installed("alone", [packed.gdiff]);
    const absent = `${PACKAGE} is not installed`;
    expect(native(project)).toMatchObject({
      isAvailable: false,
      reason: expect.stringContaining(absent),
    });
    const { status, stderr } = gdiff(project, ...DRY);
    const notice = stderr.split("\n").find((line) => line.startsWith("backend "));
    expect([status, notice]).toEqual([
      0,
      expect.stringMatching(
        /^backend wasm \(auto\): .*; passed over: native \(backend native is not there: /,
      ),
    ]);
    expect(notice).toContain(absent);
    expect(gdiff(project, ...DRY, "--backend", "native")).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^gdiff: E_BACKEND: backend native is not there: /m),
    });
  });

  test("an older platform package is refused", () => {
    const older = { ...thisHost(), version: "999.0.0", root: join(folder, "nowhere") };
    const installedHere = { folder, version };
    expect(() => findAddon({ ...older, installed: () => installedHere })).toThrow(
      `${PACKAGE} is version ${version}, expected 999.0.0 as gdiff's own`,
    );
  });

  test("the checked-in manifest names no platform package", () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(manifest).not.toHaveProperty("optionalDependencies");
  });
});
