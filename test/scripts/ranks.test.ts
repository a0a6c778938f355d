/** biome.json comes from the rank table, and each hole that an import could slip through is closed. */

import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const RANKS = "lint/style/noRestrictedImports";
const GLOBALS = "lint/style/noRestrictedGlobals";
const PLUGIN = "plugin";

interface Case {
  readonly file: string;
  readonly code: string;
  /** Category of the diagnostic, undefined when the file is good. */
  readonly rule: string | undefined;
}

const bad = (file: string, specifier: string): Case => ({
  file,
  code: `import "${specifier}";`,
  rule: RANKS,
});
const good = (file: string, specifier: string): Case => ({
  ...bad(file, specifier),
  rule: undefined,
});

const CASES: readonly Case[] = [
  // up the ranks, in every spelling
  bad("src/data/a.ts", "../train/step.ts"),
  bad("src/data/b.ts", "../train"),
  bad("src/data/c.ts", "../train/index.ts"),
  bad("src/data/d.ts", "../train/deep/step.ts"),
  bad("src/data/e.ts", "./../train/step.ts"),
  bad("src/data/f.ts", "../tokens/../train/step.ts"),
  bad("src/data/g.ts", "../../src/train/step.ts"),
  bad("src/data/h.ts", ".."),
  bad("src/data/i.ts", "../"),
  bad("src/data/j.ts", "/src/train/step.ts"),
  bad("src/data/k.ts", "gdiff"),
  bad("src/data/l.ts", "gdiff/core"),
  bad("src/data/demo/a.ts", "../../train/step.ts"),
  bad("src/data/demo/b.ts", "../../train"),
  bad("src/data/demo/c.ts", "../b.ts/../../train/step.ts"),
  bad("src/data/demo/d.ts", "../.."),
  bad("src/data/demo/e.ts", "../../"),
  bad("src/data/demo/f.ts", "../deep/../../train/step.ts"),
  bad("src/data/demo/deep/b.ts", "../../.."),
  bad("src/data/demo/deep/c.ts", "../x/../../../train/step.ts"),
  bad("src/data/demo/deep/a.ts", "../../../train/step.ts"),
  bad("src/data/demo/deep/too/a.ts", "./b.ts"),
  { file: "src/data/m.ts", code: 'export * from "../train/step.ts";', rule: RANKS },
  { file: "src/data/n.ts", code: 'export { a } from "../train/step.ts";', rule: RANKS },
  { file: "src/data/o.ts", code: 'export const a = import("../train/step.ts");', rule: RANKS },
  { file: "src/data/p.ts", code: 'export type { A } from "../train/step.ts";', rule: RANKS },
  { file: "src/data/q.ts", code: 'export type A = import("../train/step.ts").A;', rule: PLUGIN },
  {
    file: "src/data/u.ts",
    code: 'export type A = import(\n  "../train/step.ts"\n).A<\n  string\n>;',
    rule: PLUGIN,
  },
  {
    file: "src/data/t.ts",
    code: 'export type A = typeof import("@tensorflow/tfjs");',
    rule: PLUGIN,
  },
  { file: "src/data/r.ts", code: "export const a = import(`../train/step.ts`);", rule: PLUGIN },
  {
    file: "src/data/s.ts",
    code: 'export const a = (b: string) => import(".." + b);',
    rule: PLUGIN,
  },
  // folders of one rank
  bad("src/ops/a.ts", "../data/batch.ts"),
  bad("src/ops/b.ts", "../backends/select.ts"),
  bad("src/model/a.ts", "../diffusion/noise.ts"),
  bad("src/train/a.ts", "../sampling/sampler.ts"),
  bad("src/genome/a.ts", "../random/philox.ts"),
  // the floor, the roof, and what is in no row
  bad("src/errors.ts", "./util/format.ts"),
  bad("src/util/a.ts", "../random/philox.ts"),
  bad("src/util/b.ts", "../index.ts"),
  bad("src/cli.ts", "./errors.ts"),
  bad("src/unheard/a.ts", "../errors.ts"),
  bad("pipelines/pretrain/a.ts", "../../src/cli/main.ts"),
  bad("pipelines/pretrain/b.ts", "../../src/cli"),
  bad("pipelines/pretrain/c.ts", "../../src/index.ts"),
  bad("pipelines/pretrain/d.ts", "../../test/support/oracles.ts"),
  bad("src/index.ts", "./cli/main.ts"),
  bad("pipelines/pretrain/f.ts", "../../src/core.ts"),
  bad("src/core.ts", "./train/step.ts"),
  bad("src/core.ts", "./genome/node-file-source.ts"),
  bad("notebooks/a.ts", "../src/index.ts"),
  bad("notebooks/b.ts", "@tensorflow/tfjs"),
  // Node in the places that a browser runs
  bad("src/random/a.ts", "node:crypto"),
  bad("src/tokens/a.ts", "fs"),
  bad("src/tensor/a.ts", "fs/promises"),
  bad("src/ops/c.ts", "node:worker_threads"),
  bad("src/diffusion/a.ts", "os"),
  bad("src/model/b.ts", "node:path"),
  bad("src/sampling/a.ts", "path"),
  bad("src/genome/b.ts", "node:zlib"),
  bad("src/genome/c.ts", "./node-file-source.ts"),
  bad("src/genome/deep/a.ts", "../node-file-source.ts"),
  bad("src/sampling/b.ts", "../genome/node-file-source.ts"),
  bad("src/sampling/c.ts", "../data/batch.ts"),
  bad("src/core.ts", "node:fs"),
  { file: "src/model/c.ts", code: 'export type { Stats } from "node:fs";', rule: RANKS },
  { file: "src/model/d.ts", code: "export const a = process.env;", rule: GLOBALS },
  { file: "src/model/e.ts", code: "export const a = Buffer.alloc(1);", rule: GLOBALS },
  // TensorFlow.js behind its door
  bad("src/tensor/b.ts", "@tensorflow/tfjs"),
  bad("src/ops/d.ts", "@tensorflow/tfjs-core"),
  bad("src/train/b.ts", "@tensorflow/tfjs"),
  bad("src/train/c.ts", "@tensorflow/tfjs-core/dist/engine.js"),
  bad("pipelines/pretrain/e.ts", "@tensorflow/tfjs"),
  bad("src/cli/a.ts", "@tensorflow/tfjs-node"),
  bad("src/tensor/tf.ts", "node:fs"),
  // habits that hold everywhere
  {
    file: "src/stats/a.ts",
    code: 'export * from "./b.ts";',
    rule: "lint/suspicious/noImportCycles",
  },
  {
    file: "src/stats/b.ts",
    code: 'export * from "./a.ts";',
    rule: "lint/suspicious/noImportCycles",
  },
  {
    file: "src/stats/c.ts",
    code: "export const a: any = 1;",
    rule: "lint/suspicious/noExplicitAny",
  },
  { file: "src/stats/d.ts", code: "Promise.resolve(1);", rule: "lint/nursery/noFloatingPromises" },
  {
    file: "src/stats/e.ts",
    code: "export {};\n".repeat(301),
    rule: "lint/style/noExcessiveLinesPerFile",
  },

  good("src/data/good-a.ts", "../tokens/encode.ts"),
  good("src/data/good-b.ts", "../tokens/deep/encode.ts"),
  good("src/data/good-c.ts", "./windows.ts"),
  good("src/data/good-d.ts", "./train/step.ts"),
  good("src/data/good-e.ts", "../../data/manifests/grch38.json"),
  good("src/data/good-f.ts", "node:fs"),
  good("src/data/good-g.ts", "apache-arrow"),
  good("src/data/good-h.ts", "../genome/node-file-source.ts"),
  good("src/data/demo/good-a.ts", "../windows.ts"),
  good("src/data/demo/good-b.ts", "../../errors.ts"),
  good("src/data/demo/good-c.ts", "../other/a.ts"),
  good("src/data/demo/deep/good-a.ts", "../../../tokens/encode.ts"),
  good("src/data/demo/deep/good-b.ts", "../../windows.ts"),
  good("src/util/good-a.ts", "../errors.ts"),
  good("src/util/good-b.ts", "node:crypto"),
  good("src/genome/good-a.ts", "../util/format.ts"),
  good("src/genome/node-good-a.ts", "node:zlib"),
  good("src/genome/node-good-b.ts", "./node-file-source.ts"),
  good("src/genome/node-good-c.ts", "bionode-fasta"),
  good("src/genome/deep/node-good-a.ts", "node:fs"),
  good("src/tensor/tf.ts", "@tensorflow/tfjs"),
  good("src/backends/good-a.ts", "@tensorflow/tfjs-backend-wasm"),
  good("src/backends/native/good-a.ts", "@tensorflow/tfjs-backend-cpu"),
  good("src/backends/native/kernels/good-a.ts", "../../../tensor/tf.ts"),
  good("src/train/good-a.ts", "../model/denoiser.ts"),
  good("src/core.ts", "./genome/interval.ts"),
  good("src/index.ts", "../pipelines/pretrain/run.ts"),
  good("src/index.ts", "./core.ts"),
  {
    file: "src/data/good-i.ts",
    code: 'export type A = typeof import("apache-arrow");',
    rule: undefined,
  },
  good("pipelines/pretrain/good-a.ts", "../../src/report/html.ts"),
  good("pipelines/pretrain/good-b.ts", "../generate/options.ts"),
  good("src/cli/good-a.ts", "../../pipelines/pretrain/options.ts"),
  good("src/cli/good-b.ts", "../index.ts"),
  good("src/cli/commands/good-a.ts", "../../../pipelines/pretrain/options.ts"),
  {
    file: "src/cli/good-c.ts",
    code: 'export const a = import("../../pipelines/pretrain/run.ts");',
    rule: undefined,
  },
  good("notebooks/good-a.ts", "gdiff"),
  good("test/good-a.test.ts", "../src/train/step.ts"),
  {
    file: "test/good-b.test.ts",
    code: "export const a = (b: string) => import(b);",
    rule: undefined,
  },
];

interface Diagnostic {
  readonly category: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly start: { readonly line: number } };
}

/** Writes every case as one line of its file. */
function writeCases(folder: string): void {
  for (const { file, code } of CASES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    appendFileSync(join(folder, file), `${code}\n`);
  }
}

/** Biome's errors under the checked-in configuration. */
function lint(folder: string): readonly Diagnostic[] {
  const biome = join(ROOT, "node_modules/.bin/biome");
  const run = spawnSync(biome, ["lint", "--max-diagnostics=none", "--reporter=json"], {
    cwd: folder,
    encoding: "utf8",
  });
  const report: { diagnostics: Diagnostic[] } = JSON.parse(run.stdout);
  return report.diagnostics.filter(({ severity }) => severity === "error");
}

/** Categories of the errors on the line of one case. */
function errorsOf(one: Case): readonly string[] {
  const line = CASES.filter(({ file }) => file === one.file).indexOf(one) + 1;
  return errors
    .filter(({ location }) => location.path === one.file && location.start.line === line)
    .map(({ category }) => category);
}

let folder = "";
let errors: readonly Diagnostic[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "gdiff-ranks-"));
  cpSync(join(ROOT, "biome.json"), join(folder, "biome.json"));
  cpSync(join(ROOT, "scripts/lint"), join(folder, "scripts/lint"), { recursive: true });
  writeCases(folder);
  errors = lint(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("biome.json is what the rank table generates", () => {
  const run = spawnSync(process.execPath, [join(ROOT, "scripts/ranks.mjs"), "--print"], {
    encoding: "utf8",
  });
  expect(readFileSync(join(ROOT, "biome.json"), "utf8")).toBe(run.stdout);
});

describe("the ranks", () => {
  for (const one of CASES) {
    const verb = one.rule === undefined ? "may" : "may not";
    test(`${one.file} ${verb} hold ${one.code.split("\n")[0]}`, () => {
      expect(errorsOf(one)).toEqual(one.rule === undefined ? [] : [one.rule]);
    });
  }
});
