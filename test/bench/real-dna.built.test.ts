/** Samples of a run beside the windows that it was not trained on. */

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { RealRow } from "../../bench/samplers/real-dna.ts";
import { uniforms } from "../pipelines/support/seeded.ts";
import { pretrain, testFolder } from "../pipelines/support/tiny-run.ts";

const PROGRAM = join(import.meta.dirname, "../../dist/bench/run.js");
const folder = testFolder();
const run = join(folder, "run");

function samplers(line: string): { code: number | null; stdout: string; stderr: string } {
  const args = [PROGRAM, "samplers", "--run", run, ...line.split(" ")];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { code: status, stdout, stderr };
}

/** Rich in A, which a network of one update does not know. */
beforeAll(async () => {
  const fasta = join(folder, "chr20.fa");
  const bases = uniforms(7, 40_000).map((u) => "ACGT"[Math.floor(4 * u ** 3)]);
  writeFileSync(fasta, `>chr20\n${bases.join("")}\n`);
  expect(await pretrain(["--fasta", fasta, "--steps", "1", "--out", run])).toMatchObject({
    code: 0,
  });
}, 60_000);

test("every method asked for at every number of calls, one line each as it is found", () => {
  const { code, stdout, stderr } = samplers(
    "--sequences 20 --calls 2,4 --only random-order,first-hitting --json",
  );
  expect(code, stderr).toBe(0);
  const rows = JSON.parse(stdout) as RealRow[];
  expect(rows.map(({ name, calls, networkRows }) => [name, calls, networkRows])).toEqual([
    ["windows of train", undefined, undefined],
    ["random-order", 2, 2],
    ["random-order", 4, 4],
    ["first-hitting", 32, 32],
  ]);
  expect(stderr.trim().split("\n")).toHaveLength(4);
  // The reference is the same beside each, and real DNA is nearer to it than a network of one update.
  expect(new Set(rows.map(({ divergence }) => divergence.real.value)).size).toBe(1);
  for (const { divergence, auroc, gc } of rows.slice(1)) {
    expect(divergence.generated.value).toBeGreaterThan(divergence.real.value as number);
    for (const { value } of [auroc.generated, gc.generated]) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(1);
    }
  }
});

test("the table has lines of real windows above those of samples", () => {
  const { stdout } = samplers("--sequences 20 --calls 2 --only ancestral");
  expect(
    stdout.split("\n").filter((line) => /^(other windows|windows|ancestral) .*±/.test(line)),
  ).toEqual([
    expect.stringMatching(/^other windows of test /),
    expect.stringMatching(/^windows of train /),
    expect.stringMatching(/^ancestral +2 +2 /),
  ]);
});

test("windows that were trained on are the reference where asked", () => {
  const { stdout } = samplers("--sequences 20 --calls 2 --only ancestral --reference train");
  expect(stdout).toMatch(/^20 samples a row beside as many windows of train;/);
  expect(stdout.split("\n").filter((line) => /windows of \w+ .*±/.test(line))).toEqual([
    expect.stringMatching(/^other windows of train /),
    expect.stringMatching(/^windows of test /),
  ]);
});

test.each([
  ["--reference valid", /expected --reference of test or train, got valid/],
  ["--only sideways", /expected --only to name some of random-order, .*; got sideways/],
  [
    "--sequences 900000",
    /expected 1800000 windows of 32 bases without N in the test split of .*, got \d+: ask for fewer --sequences/,
  ],
])("%s is refused", (line, message) => {
  const { code, stdout, stderr } = samplers(line);
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(message)]);
});
