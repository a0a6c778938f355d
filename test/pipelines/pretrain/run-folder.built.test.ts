import { type ChildProcess, execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporarySmallDisk } from "../../support/run-folders.ts";
import { fourStepRun, resumeRun } from "../support/four-step-run.ts";
import { runUnprivileged } from "../support/run-unprivileged.ts";
import {
  errorLines,
  filesBelow,
  outcomeOf,
  pretrain,
  STEPPING,
  TINY,
} from "../support/tiny-run.ts";

const { folder, base, fasta, copyOfRun } = fourStepRun();

describe("which folder is taken", () => {
  test.concurrent("an empty one, with --resume too", async () => {
    const run = mkdtempSync(join(folder, "empty-"));
    const args = ["--fasta", fasta, "--steps", "4", "--set", "train.saveEvery=2", "--resume"];
    const { code, stderr } = await pretrain([...args, "--out", run]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(`nothing to go on from in ${run}: starting at step 0\n`),
    ]);
    expect(outcomeOf(run, 4)).toEqual(outcomeOf(base, 4));
  });

  test.concurrent("one that a kill left before its config.yaml had its name", async () => {
    const run = mkdtempSync(join(folder, "left-"));
    writeFileSync(join(run, "config.yaml.tmp-4194305-0a1b2c"), "prese");
    writeFileSync(join(run, "run.lock.tmp-4194305-0a1b2c"), "");
    const args = ["--fasta", fasta, "--steps", "1", "--resume", "--out", run];
    expect(await pretrain(args)).toMatchObject({ code: 0 });
    expect(readdirSync(run).sort()).toEqual(["checkpoints", "config.yaml", "metrics.jsonl"]);
  });

  test.concurrent("one below folders that are missing", async () => {
    const run = join(folder, "not/yet/there");
    const args = ["--fasta", fasta, "--steps", "1", "--out", run];
    expect(await pretrain(args)).toMatchObject({ code: 0 });
  });

  test.concurrent.each([
    ["", ["--fasta", fasta]],
    [
      ", even under --dry-run and before the FASTA is looked at",
      ["--fasta", "none.fa", "--dry-run"],
    ],
  ])("none that holds a run, without --resume%s", async (_when, args) => {
    const run = copyOfRun();
    const before = filesBelow(run);
    const refused = await pretrain([...args, "--steps", "6", "--out", run]);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [
        `gdiff: E_RUN: expected ${run} to be empty or new, got a folder with checkpoints, config.yaml, metrics.jsonl: ` +
          "go on with --resume, or give another --out",
      ],
    ]);
    expect(filesBelow(run)).toEqual(before);
  });

  test.concurrent("none that holds something else, even with --resume", async () => {
    const run = mkdtempSync(join(folder, "photos-"));
    writeFileSync(join(run, "photo.png"), "");
    const args = ["--fasta", fasta, "--steps", "1", "--resume", "--out", run];
    const refused = await pretrain(args);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [
        `gdiff: E_RUN: expected a run folder at ${run}, got a folder with photo.png and no config.yaml: give another --out`,
      ],
    ]);
    expect(readdirSync(run)).toEqual(["photo.png"]);
  });

  test.concurrent.each([["a.fa"], ["a.fa/below"]])("no file: %s", async (name) => {
    const out = join(folder, name);
    const refused = await pretrain(["--fasta", fasta, "--steps", "1", "--out", out]);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [
        `gdiff: E_RUN: expected a folder at ${out}, got a file there or on the way to it: give another --out`,
      ],
    ]);
  });

  test.concurrent("none that another process trains in", async () => {
    const run = join(folder, "shared");
    let second: ReturnType<typeof pretrain> | undefined;
    let first: ChildProcess | undefined;
    const begin = (child: ChildProcess, stderr: string): void => {
      first ??= child;
      if (!STEPPING.test(stderr)) return;
      second ??= pretrain(["--resume", "--out", run]).finally(() => child.kill("SIGTERM"));
    };
    const stopped = await pretrain(["--fasta", fasta, "--steps", "100000", "--out", run], begin);
    const refused = await second;
    expect([stopped.code, refused?.code]).toEqual([75, 1]);
    expect(refused === undefined ? [] : errorLines(refused)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^gdiff: E_RUN: ${run}: expected a run folder that no other process uses, but process ${first?.pid} on .* has held it since .*; ` +
            "wait for it to end, stop it, or choose another run folder$",
        ),
      ),
    ]);
  });
});

describe("damaged checkpoints", () => {
  const damage = (run: string, step: number): void =>
    truncateSync(join(run, `checkpoints/step-${step}/ema.safetensors`), 1000);

  test.concurrent("the newest: the one before is used, and said", async () => {
    const run = copyOfRun();
    damage(run, 4);
    const { code, stderr } = await resumeRun(run);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      new RegExp(
        `^warning: checkpoint passed over: ${run}/checkpoints/step-4/ema.safetensors: .*\ngoing on from step 2 in ${run}/checkpoints/step-2$`,
        "m",
      ),
    );
    expect(outcomeOf(run, 4)).toEqual(outcomeOf(base, 4));
  });

  test.concurrent("all: exit 4, and nothing is deleted", async () => {
    const run = copyOfRun();
    damage(run, 2);
    damage(run, 4);
    const before = filesBelow(run);
    const refused = await resumeRun(run);
    expect([refused.code, errorLines(refused)]).toEqual([
      4,
      [
        expect.stringMatching(
          new RegExp(
            `^gdiff: E_CHECKPOINT: ${run}: expected a whole checkpoint, got 2 that are not, and nothing was deleted. ` +
              `The newest: ${run}/checkpoints/step-4/ema.safetensors: `,
          ),
        ),
      ],
    ]);
    expect(filesBelow(run)).toEqual(before);
  });
});

describe("what the disk refuses", () => {
  test.concurrent("a folder that may not be written to", async ({ skip }) => {
    const closed = mkdtempSync(join(folder, "closed-"));
    chmodSync(folder, 0o755);
    chmodSync(closed, 0o555);
    const out = join(closed, "run");
    const args = ["pretrain", ...TINY, "--genome", "demo", "--steps", "1", "--out", out];
    const refused = runUnprivileged(args);
    if (refused === undefined) return skip("no other user to run as");
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [
        `gdiff: E_FILE: ${out}: no permission to make it (EACCES): give this user the right to, or choose another run folder`,
      ],
    ]);
  });

  test("a disk that fills up: the earlier checkpoints are whole, and more space is enough", async ({
    skip,
  }) => {
    const disk = temporarySmallDisk("320k");
    if (disk === undefined) return skip("a small tmpfs cannot be mounted");
    const run = join(disk, "run");
    const saving = ["--set", "train.saveEvery=1", "--set", "train.keep=100"];
    const args = ["--fasta", fasta, "--steps", "12", ...saving];
    const refused = await pretrain([...args, "--out", run]);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [
        expect.stringMatching(
          /^gdiff: E_FILE: .*: no space left to write it \(ENOSPC\): nothing was overwritten; free space and run again with --resume$/,
        ),
      ],
    ]);
    execFileSync("mount", ["-o", "remount,size=16m", disk]);
    expect(await pretrain([...args, "--out", run, "--resume"])).toMatchObject({ code: 0 });
    const whole = join(folder, "undisturbed");
    await pretrain([...args, "--out", whole]);
    expect(outcomeOf(run, 12)).toEqual(outcomeOf(whole, 12));
  });
});
