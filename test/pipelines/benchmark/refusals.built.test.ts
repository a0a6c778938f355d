/** What `gdiff benchmark` says where it cannot begin, or only with some of the sets. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plantedRows, writePlanted } from "../support/planted-set.ts";
import { errorLines, gdiffWith, NETWORK, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);
const planted = inFolder("planted.csv");
writePlanted(planted, plantedRows(60, 3));

const FEW = ["--models", "kmer6,scratch", "--seeds", "1", "--epochs", "1", ...NETWORK];
/** On a machine without any set or genome. */
const benchmark = (sets: string, out: string, args: readonly string[] = FEW) =>
  gdiffWith("GDIFF_DATA", folder, ["benchmark", "--sets", sets, "--out", inFolder(out), ...args]);

test("a set that is not here is left out, and said", async () => {
  const done = await benchmark(`cohn,${planted}`, "some", [...FEW, "--json"]);
  expect(done).toMatchObject({ code: 0 });
  expect(done.stderr).toMatch(
    /^left out: human_enhancers_cohn: expected the interval files of human_enhancers_cohn /m,
  );
  const summary = JSON.parse(done.stdout);
  expect(summary).toMatchObject({ sets: ["planted"], trials: 2 });
  expect(summary.leftOut).toEqual([
    { set: "human_enhancers_cohn", reason: expect.stringContaining("expected the interval files") },
  ]);
  const again = await benchmark(`cohn,${planted}`, "some");
  expect(again.stdout).toMatch(/^left out: human_enhancers_cohn: expected the interval files /m);
  const record = JSON.parse(readFileSync(summary.report.json, "utf8"));
  expect(record.sets[0].models[0].seeds).toHaveLength(1);
  expect(record.leftOut).toEqual(summary.leftOut);
  const page = readFileSync(summary.report.html, "utf8");
  expect(page).toContain("Left out: expected the interval files of human_enhancers_cohn");
});

test("with every set absent it fails with the reasons", async () => {
  const failed = await benchmark("cohn,mouse", "none");
  expect([failed.code, errorLines(failed)]).toEqual([
    1,
    [
      expect.stringMatching(
        /E_FILE: expected a set that can be read, got none: human_enhancers_cohn: .*; dummy_mouse_enhancers_ensembl: /,
      ),
    ],
  ]);
});

test("a dry run trains nothing", async () => {
  const done = await benchmark(planted, "dry", [...FEW, "--seeds", "3", "--dry-run"]);
  expect(done.code).toBe(2); // --seeds was given twice
  const args = ["--models", "kmer6,scratch", "--seeds", "3", "--dry-run", "--json"];
  const planned = await benchmark(planted, "dry", args);
  expect(JSON.parse(planned.stdout)).toMatchObject({ trials: 6, sets: ["planted"] });
});

test.each([
  [
    "short",
    "id,sequence,label\n1,ACGT,a\n2,ACGA,b\n",
    2,
    /57 bases or more in short .*, got 4 at most/,
  ],
  [
    "one",
    "id,sequence,label\n1,ACGT,a\n2,ACGA,a\n",
    4,
    /expected sequences of at least two classes/,
  ],
  [
    "few",
    `id,sequence,label\n1,${"ACGT".repeat(20)},a\n2,ACGA,b\n`,
    2,
    /expected a sequence of class "a" in valid \(a share of 0\.1\), got none of its 1/,
  ],
  ["empty", "id,sequence,label\n", 4, /expected rows after the header, got none/],
])("%s", async (name, text, code, message) => {
  const path = inFolder(`${name}.csv`);
  writeFileSync(path, text);
  const refused = await benchmark(path, `out-${name}`, ["--models", "kmer6,cnn"]);
  expect([refused.code, errorLines(refused)]).toEqual([code, [expect.stringMatching(message)]]);
});

test("a file that is missing, and a file without a test share", async () => {
  const missing = await benchmark(inFolder("missing.csv"), "out-missing");
  expect([missing.code, errorLines(missing)]).toEqual([
    ...[1, [expect.stringMatching(/E_FILE: .*missing\.csv/)]],
  ]);
  const whole = await benchmark(planted, "out-whole", [...FEW, "--test-share", "0"]);
  expect([whole.code, errorLines(whole)]).toEqual([
    ...[
      2,
      [expect.stringMatching(/expected --test-share above 0 with a file, got 0: .*planted\.csv/)],
    ],
  ]);
});

test("a set by name where the benchmark began with a file of that name", async () => {
  const path = inFolder("human_nontata_promoters.csv");
  writePlanted(path, plantedRows(60, 3));
  const begun = await benchmark(path, "names", [...FEW, "--dry-run"]);
  expect(begun.code).toBe(0);
  const refused = await benchmark("nontata", "names", [...FEW, "--dry-run"]);
  expect([refused.code, errorLines(refused)]).toEqual([
    ...[2, [expect.stringMatching(/expected human_nontata_promoters as it was .*, a file, got/)]],
  ]);
});

test("a trial that fails is named, with its own reason", async () => {
  const failed = await benchmark(planted, "failed", [...FEW, "--backend", "webgpu"]);
  expect([failed.code, errorLines(failed)]).toEqual([
    1,
    [
      expect.stringMatching(
        /E_TRAINING: expected the trial planted scratch lr=0\.001,batch=64 seed=1 to end well, got exit code 1: E_BACKEND: /,
      ),
    ],
  ]);
});
