/** The package as people get it: packed, installed into an empty folder, used from there. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

/** Everything that may be in the package, by its path there. */
const WANTED: readonly RegExp[] = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/(src|pipelines)\/.+(?<!\.test)\.(js|d\.ts)$/,
  /^pipelines\/[^/]+\/presets\/[^/]+\.yaml$/,
  /^data\/manifests\/.+\.json$/,
  /^docs\/[^/]+\.md$/,
];

/** Paths of all files under `folder`, relative to it. */
function filesUnder(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

describe("the package, installed into an empty folder", () => {
  let folder: string;
  let project: string;
  let installed: string;

  /** Runs a program in the empty folder and returns its stdout; fails with everything it printed. */
  const run = (program: string, args: readonly string[], cwd = project): string => {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
    expect({ status, text: status === 0 ? "" : `${stdout}\n${stderr}` }).toEqual({
      status: 0,
      text: "",
    });
    return stdout;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "gdiff-pack-"));
    project = join(folder, "project");
    installed = join(project, "node_modules/gdiff");
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
    run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], ROOT);
    const quick = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
    const packed = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    run("npm", ["install", ...quick, ...packed.map((name) => join(folder, name))]);
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("holds nothing but built code, presets, manifests and pages", () => {
    const unwanted = filesUnder(installed).filter((path) => !WANTED.some((one) => one.test(path)));
    expect(unwanted).toEqual([]);
  });

  test("holds both entries, the command, every preset, manifest and page", () => {
    const presets = filesUnder(join(ROOT, "pipelines")).filter((path) => path.endsWith(".yaml"));
    const manifests = filesUnder(join(ROOT, "data/manifests"));
    const wanted = [
      ...["README.md", "LICENSE", "CHANGELOG.md"],
      ...["dist/src/index.js", "dist/src/core.js", "dist/src/cli/main.js"],
      ...presets.map((path) => `pipelines/${path}`),
      ...manifests.map((path) => `data/manifests/${path}`),
      ...filesUnder(join(ROOT, "docs")).map((path) => `docs/${path}`),
    ];
    const present = filesUnder(installed);
    expect(wanted.filter((path) => !present.includes(path))).toEqual([]);
  });

  test("installs no optional peer", () => {
    const peers = [
      ...["@tensorflow/tfjs-node", "@tensorflow/tfjs-node-gpu"],
      ...["@tensorflow/tfjs-backend-webgpu", "webgpu"],
    ];
    expect(peers.filter((peer) => existsSync(join(project, "node_modules", peer)))).toEqual([]);
  });

  test("gives its types to a TypeScript program", () => {
    const program = `import { encodeBases } from "gdiff/core";
      import * as gdiff from "gdiff";
      const { ids } = encodeBases(new Uint8Array([65]));
      export const length: number = ids.length + Object.keys(gdiff).length;
      // @ts-expect-error: ids are no text, unless the types were lost
      export const text: string = ids;\n`;
    writeFileSync(join(project, "program.ts"), program);
    const options = ["--strict", "--noEmit", "--module", "nodenext", "--skipLibCheck"];
    run(join(ROOT, "node_modules/.bin/tsc"), [...options, "program.ts"]);
  });

  test("runs gdiff doctor", () => {
    expect(run("npx", ["--no-install", "gdiff", "doctor", "--quick"])).not.toBe("");
  });

  test.each([
    [
      "tensorflow",
      "looked for @tensorflow/tfjs-node-gpu and @tensorflow/tfjs-node, found neither (npm install @tensorflow/tfjs-node-gpu, " +
        "for an NVIDIA GPU with CUDA 11.2, or @tensorflow/tfjs-node; gdiff doctor --explain tensorflow prints how to do with " +
        "another TensorFlow)",
    ],
    [
      "webgpu",
      "looked for webgpu and @tensorflow/tfjs-backend-webgpu, found neither (npm install webgpu @tensorflow/tfjs-backend-webgpu)",
    ],
  ])("says what backend %s needs when it is asked for, and exits with 1", (backend, message) => {
    const args = ["--no-install", "gdiff", "demo", "--steps", "1", "--backend", backend];
    const { status, stdout, stderr } = spawnSync("npx", args, { cwd: project, encoding: "utf8" });
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr.trim().split("\n").at(-1)).toBe(
      `gdiff: E_BACKEND: backend ${backend} is not there: ${message}`,
    );
  });

  test("pretrains on the built-in genome and leaves a checkpoint", () => {
    const args = ["--genome", "demo", "--preset", "demo", "--steps", "2", "--out", "run"];
    run("npx", ["--no-install", "gdiff", "pretrain", ...args]);
    expect(existsSync(join(project, "run/checkpoints/step-2/manifest.json"))).toBe(true);
  });
});
