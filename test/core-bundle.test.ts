/** gdiff/core runs in a browser: bundled with everything it reaches, nothing of Node is left. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin, type Rolldown } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const CORE = join(import.meta.dirname, "../src/core.ts");

/** TensorFlow.js asks for built-ins behind checks for Node, and its `browser` field takes them away. */
const GUARDED = /node_modules\/(@tensorflow\/[^/]+|seedrandom)\//;

interface Bundle {
  readonly code: string;
  /** What the bundle leaves to be imported when it runs. */
  readonly imports: readonly string[];
  /** "built-in from file" for each import of a Node built-in on the way. */
  readonly builtins: readonly string[];
}

/** Bundles `entry` for a browser into one file, nothing external. */
async function bundle(entry: string): Promise<Bundle> {
  const builtins: string[] = [];
  const watch: Plugin = {
    name: "watch-builtins",
    enforce: "pre",
    resolveId(source, importer = "") {
      if (isBuiltin(source) && !GUARDED.test(importer)) builtins.push(`${source} from ${importer}`);
    },
  };
  const result = await build({
    configFile: false,
    logLevel: "silent",
    plugins: [watch],
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ["es"], fileName: "core" },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [{ output }] = result as [Rolldown.RolldownOutput];
  const [{ code, imports, dynamicImports }] = output;
  return { code, imports: [...imports, ...dynamicImports], builtins };
}

describe("gdiff/core, bundled for a browser", () => {
  let folder: string;
  let core: Bundle;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gdiff-core-"));
    core = await bundle(CORE);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("imports nothing", () => expect(core.imports).toEqual([]));

  test("reaches no Node built-in", () => expect(core.builtins).toEqual([]));

  test("loads and works in something like a web worker: no process, no Buffer", () => {
    const file = join(folder, "core.mjs");
    writeFileSync(file, core.code);
    const page = `
      delete globalThis.process;
      delete globalThis.Buffer;
      globalThis.WorkerGlobalScope = class {};
      const core = await import(${JSON.stringify(pathToFileURL(file).href)});
      console.log(core.decodeIds(core.reverseComplementIds(core.encodeBases(new TextEncoder().encode("AACGN")).ids)));
    `;
    const run = spawnSync(process.execPath, ["--input-type=module", "--eval", page], {
      encoding: "utf8",
    });
    expect({ stdout: run.stdout, stderr: run.stderr }).toEqual({ stdout: "NCGTT\n", stderr: "" });
  });

  test("would show a built-in that slipped in", async () => {
    const entry = join(folder, "entry.ts");
    writeFileSync(entry, 'export { readFileSync } from "node:fs";\n');
    expect((await bundle(entry)).builtins).toEqual([`node:fs from ${entry}`]);
  });
});
