/** What a study cannot do is one line, and nothing is made. */

import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { randomIds } from "../../support/random-ids.ts";
import { errorLines, gdiff, TINY, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const fasta = join(folder, "genome.fa");
writeFileSync(fasta, `>c\n${Array.from(randomIds(3000, 1), (id) => "ACGT"[id]).join("")}\n`);
const out = join(folder, "out");
const study = (args: readonly string[]) =>
  gdiff(["study", "objectives", ...TINY, "--seeds", "1", "--count", "4", "--out", out, ...args]);
const DATA = ["--fasta", fasta, "--train", "c:1-2,000"];
const GOOD = ["--objectives", "mdlm,ar", "--tokens", "640"];

test.each<[string, number, readonly string[], RegExp]>([
  [
    "an unknown objective",
    2,
    [...DATA, "--objectives", "mdlm,gan", "--tokens", "640"],
    /E_CONFIG: expected --objectives of mdlm, .*, got "gan" in gan/,
  ],
  [
    "too few tokens",
    2,
    [...DATA, "--objectives", "mdlm", "--tokens", "60"],
    /E_CONFIG: expected --tokens of at least 128, a step of 128 for each stage of mdlm, got 60/,
  ],
  ["no genome", 2, GOOD, /E_CONFIG: expected --genome or --fasta, got neither/],
  ["a missing FASTA", 1, ["--fasta", join(folder, "none.fa"), ...GOOD], /E_FILE: .*none\.fa/],
  [
    "no test regions",
    1,
    [...DATA, ...GOOD],
    /E_REGION: expected two windows of 32 bases without an N in the test regions, got 0: give longer ones/,
  ],
  [
    "a test of one window",
    1,
    [...DATA, "--test", "c:2,001-2,040", ...GOOD],
    /E_REGION: expected two windows .*, got 1/,
  ],
])("%s", async (_, code, args, message) => {
  const refused = await study(args);
  expect([refused.code, refused.stdout]).toEqual([code, ""]);
  expect(errorLines(refused)).toEqual([expect.stringMatching(message)]);
  expect(existsSync(out)).toBe(false);
});

test("a dry run says what would run, and makes nothing", async () => {
  const planned = await study([...DATA, "--test", "c:2,001-3,000", ...GOOD, "--dry-run"]);
  expect(planned.code).toBe(0);
  expect(planned.stdout).toBe(
    "arm   steps  bases  calls\nmdlm      5    640     32\nar        5    640     32\n1 seed each, 2 trials\n",
  );
  expect(planned.stderr).toContain(
    "warning: ar: ar has 5 steps, no more than the 200 of train.warmup\n",
  );
  expect(existsSync(out)).toBe(false);
});

describe("a trial whose training diverges", () => {
  const args = [...DATA, "--test", "c:2,001-3,000", ...GOOD, "--windows", "4", "--draws", "1"];
  const diverging = ["--set-for", "ar:train.lr=1e30", "--set", "train.clip=null", "--warmup", "0"];

  test("fails alone, and is told; the others are compared", async () => {
    const done = await study([...args, ...diverging, "--json"]);
    expect(done).toMatchObject({ code: 0 });
    expect(done.stderr).toMatch(
      /^trial ar seed=1 failed, the others go on: expected a finite .* or lengthen the warm-up; its batch is in /m,
    );
    const { failed, arms } = JSON.parse(done.stdout);
    expect([failed, arms.map(({ name }: { name: string }) => name)]).toEqual([1, ["mdlm"]]);
    const page = readFileSync(join(out, "report.html"), "utf8");
    expect(page).toContain('aria-label="Trials that failed"');
  }, 120_000);

  test("is trained otherwise by what the report says", async () => {
    const again = ["--set", "train.clip=null", "--warmup", "0", "--set-for"];
    const told = await study([...args, ...diverging]);
    expect(told.stdout).toMatch(/^mdlm ≤ \d.*; FAILED: ar\n/);
    const [, folder = "", setting = ""] =
      /delete the folder (\S+) of all its seeds, .* --set-for (\S+)LOWER\.$/m.exec(told.stdout) ??
      [];
    rmSync(join(out, folder), { recursive: true });
    const done = await study([...args, ...again, `${setting}1e-3`, "--json"]);
    expect(done).toMatchObject({ code: 0 });
    const { failed, arms } = JSON.parse(done.stdout);
    expect([failed, arms.length]).toEqual([0, 2]);
  }, 120_000);
});

test("a study of which every trial fails says how it is trained otherwise", async () => {
  const to = join(folder, "none");
  const only = ["--objectives", "ar", "--tokens", "640", "--out", to];
  const diverging = ["--set-for", "ar:train.lr=1e30", "--set", "train.clip=null", "--warmup", "0"];
  const failed = await gdiff([
    ...["study", "objectives", ...TINY, "--seeds", "1", "--count", "4"],
    ...[...DATA, "--test", "c:2,001-3,000", ...only, ...diverging],
  ]);
  expect([failed.code, failed.stdout]).toEqual([1, ""]);
  expect(errorLines(failed)).toEqual([
    expect.stringMatching(
      /E_TRAINING: expected a trial whose training goes on to its end, got none: .* \(in .*none\)\. To train ar otherwise, delete the folder trials\/ar /,
    ),
  ]);
}, 120_000);
