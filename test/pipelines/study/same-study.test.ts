import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { studyConfig } from "../../../pipelines/study/options.ts";
import { expectSameStudy, rememberStudy } from "../../../pipelines/study/same-study.ts";
import { ConfigError, RunFolderError } from "../../../src/errors.ts";

const out = mkdtempSync(join(tmpdir(), "gdiff-study-"));
afterAll(() => rmSync(out, { recursive: true }));
const PART = {
  objectives: ["mdlm", "ar"],
  tokens: 81_920,
  preset: "demo",
  out,
  data: { genome: "demo" },
  sample: { calls: [8, 64] },
} as const;
const expectSame = async (more: object, digest = "ab"): Promise<void> =>
  expectSameStudy(await studyConfig({ ...PART, ...more }), digest);

beforeAll(async () => rememberStudy(await studyConfig(PART), "ab"));

test("the same options, more seeds, other arms and settings of arms go on in a folder", async () => {
  await expectSame({});
  await expectSame({ seeds: 7 });
  await expectSame({ objectives: ["mdlm", "ar", "fast=mdlm"], setFor: ["fast:train.lr=0.01"] });
  await expectSame({ jobs: 2 });
});

test.each([
  [{ tokens: 90_000 }, "tokens was 81920, is now 90000"],
  [{ sample: { calls: [8, 32] } }, "sample.calls was 8,64, is now 8,32"],
  [{ train: { lr: 0.5 } }, "train.lr was 0.003, is now 0.5"],
])("%j does not", async (more, what) => {
  await expect(expectSame(more)).rejects.toThrow(
    new ConfigError(
      `expected ${out} to be of this study, but ${what} (give another --out, or the options that it began with)`,
    ),
  );
});

test("nor does another genome under the same name", async () => {
  await expect(expectSame({}, "cd")).rejects.toThrow(
    /, but its genome or its splits were others \(/,
  );
});

test("looking changes nothing", async () => {
  const read = () => readFileSync(join(out, "config.yaml"), "utf8");
  const before = read();
  await expectSame({ seeds: 9 });
  expect(read()).toBe(before);
});

test.each([
  ["pretrain", "train:\n  steps: 3\nmodel:\n  attention: causal\n"],
  ["finetune", "train:\n  epochs: 3\n"],
] as const)("a run of gdiff %s is no study", async (kind, yaml) => {
  const run = join(out, kind);
  mkdirSync(run);
  writeFileSync(join(run, "config.yaml"), yaml);
  await expect(expectSame({ out: run })).rejects.toThrow(
    new RunFolderError(
      `expected the folder of a study of objectives, got ${run}, a run of gdiff ${kind}: give another --out`,
    ),
  );
});
