import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fourStepRun, resumeRun } from "../support/four-step-run.ts";
import { errorLines, filesBelow } from "../support/tiny-run.ts";

const { base, fasta, sequence, copyOfRun } = fourStepRun();

describe("what a resumed run must agree on", () => {
  const drifts: [string, string[], string][] = [
    ["the width", ["--set", "model.width=32"], "model.width: expected 16, got 32"],
    ["the seed", ["--seed", "2"], "seed: expected 1, got 2"],
    ["the length", ["--length", "64"], "data.length: expected 32, got 64"],
    [
      "the share of repeats",
      ["--max-soft-masked", "0.5"],
      "data.maxSoftMasked: expected 1, got 0.5",
    ],
    [
      "the windows of a step",
      ["--batch-size", "8", "--seed", "3"],
      "train.batchSize × train.accumulate: expected 4, got 16; seed: expected 1, got 3",
    ],
  ];
  test.concurrent.each(drifts)("%s", async (_what, flags, difference) => {
    const run = copyOfRun();
    const before = filesBelow(run);
    const refused = await resumeRun(run, flags);
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
    expect(errorLines(refused)).toEqual([
      `gdiff: E_CONFIG: cannot go on from ${run}/checkpoints/step-4 with another run's settings: ${difference} ` +
        "(leave them as they were, or start anew with --init and another --out)",
    ]);
    expect(filesBelow(run)).toEqual(before);
  });

  test.concurrent.each([
    ["another length", `>1\n${sequence}A\n`],
    ["another name", `>2\n${sequence}\n`],
    ["other bases", `>1\n${sequence.replace("ACGT", "ACGG")}\n`],
    ["another soft mask", `>1\n${sequence.toLowerCase()}\n`],
  ])("the FASTA: %s", async (_what, text) => {
    const run = copyOfRun();
    const other = join(run, "../other.fa");
    writeFileSync(other, text);
    const before = filesBelow(run);
    const refused = await resumeRun(run, ["--fasta", other]);
    expect(refused.code).toBe(2);
    expect(errorLines(refused)).toEqual([
      expect.stringMatching(
        /^gdiff: E_CONFIG: cannot go on from .*: genome and regions \(digest\): expected [0-9a-f]{64}, got [0-9a-f]{64} \(/,
      ),
    ]);
    expect(filesBelow(run)).toEqual(before);
  });

  test.concurrent("the intervals that no window touches", async () => {
    const run = copyOfRun();
    const exclude = join(run, "../black.bed");
    writeFileSync(exclude, "1\t500\t501\n");
    const refused = await resumeRun(run, ["--exclude", exclude]);
    expect([refused.code, errorLines(refused)]).toEqual([
      2,
      [expect.stringContaining("another run's settings: genome and regions (digest): expected ")],
    ]);
  });

  test.concurrent("the FASTA may move, and steps and learning rate may change, which is said", async () => {
    const run = copyOfRun();
    const moved = join(run, "../moved.fa");
    writeFileSync(moved, `>1\n${sequence}\n`);
    const flags = ["--fasta", moved, "--steps", "6", "--lr", "1e-4"];
    const { code, stderr } = await resumeRun(run, flags);
    expect(code).toBe(0);
    expect(
      stderr
        .split("\n")
        .filter((line) => line.startsWith("changed"))
        .sort(),
    ).toEqual([
      `changed since the run began: data.fasta was ${fasta}, is now ${moved}`,
      "changed since the run began: train.lr was 0.001, is now 0.0001",
      "changed since the run began: train.steps was 4, is now 6",
    ]);
    expect(existsSync(join(run, "checkpoints/step-6"))).toBe(true);
    expect(readFileSync(join(run, "config.yaml"), "utf8")).toMatch(/lr: 0\.0001\n/);
    expect(readFileSync(join(run, "checkpoints/step-6/config.yaml"), "utf8")).toBe(
      readFileSync(join(run, "config.yaml"), "utf8"),
    );
    expect(readFileSync(join(run, "checkpoints/step-4/config.yaml"), "utf8")).toBe(
      readFileSync(join(base, "config.yaml"), "utf8"),
    );
  });

  test.concurrent("what computes may change, which is said", async () => {
    const run = copyOfRun();
    const stateOf = (step: number): unknown =>
      JSON.parse(readFileSync(join(run, `checkpoints/step-${step}/state.json`), "utf8")).arithmetic;
    const changed = ({ stderr }: { readonly stderr: string }): string[] =>
      stderr.split("\n").filter((line) => line.startsWith("changed since step"));
    const flags = (backend: string): string[] => ["--backend", backend, "--precision", "fp32"];
    const first = await resumeRun(run, [...flags("cpu"), "--steps", "5"]);
    const { backend, precision, ...rest } = stateOf(4) as Record<string, string>;
    const before = [backend, precision, ...Object.values(rest)].join(", ");
    expect(changed(first)).toEqual([
      `changed since step 4: computed by ${before}, now by cpu, fp32; rounding differs`,
    ]);
    expect(stateOf(5)).toEqual({ backend: "cpu", precision: "fp32" });
    expect(changed(await resumeRun(run, [...flags("cpu"), "--steps", "6"]))).toEqual([]);
  });

  test.concurrent("where all steps are made nothing is written, whatever is asked", async () => {
    const run = copyOfRun();
    const before = filesBelow(run);
    const { code, stderr } = await resumeRun(run, ["--steps", "4", "--lr", "0.5"]);
    expect(code).toBe(0);
    expect(stderr).toContain(`\nall 4 steps are made in ${run}/checkpoints/step-4\n`);
    expect(filesBelow(run)).toEqual(before);
  });

  test.concurrent("a checkpoint is not gone on with in its place", async () => {
    const run = copyOfRun();
    const before = filesBelow(run);
    const refused = await resumeRun(`${run}/checkpoints/step-4`, ["--steps", "6"]);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [expect.stringContaining(`step-4, a checkpoint of one: give ${run}, whose newest`)],
    ]);
    expect(filesBelow(run)).toEqual(before);
  });

  test.concurrent("no fewer steps than the checkpoint has made", async () => {
    const run = copyOfRun();
    const before = filesBelow(run);
    const refused = await resumeRun(run, ["--steps", "3"]);
    expect([refused.code, errorLines(refused)]).toEqual([
      2,
      [
        `gdiff: E_CONFIG: expected --steps of at least 4, which ${run}/checkpoints/step-4 has made already, got 3`,
      ],
    ]);
    expect(filesBelow(run)).toEqual(before);
  });

  test.concurrent("the seconds in metrics.jsonl go on", async () => {
    const run = copyOfRun();
    const log = join(run, "metrics.jsonl");
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    const last = JSON.parse(lines.pop() as string);
    const slow = JSON.stringify({ ...last, seconds: 1000 });
    writeFileSync(log, `${[...lines, slow].join("\n")}\n`);
    expect(await resumeRun(run, ["--steps", "5"])).toMatchObject({ code: 0 });
    const { step, seconds } = JSON.parse(readFileSync(log, "utf8").trimEnd().split("\n")[4] ?? "");
    expect(step).toBe(5);
    expect(seconds).toBeGreaterThan(1000);
    expect(seconds).toBeLessThan(1060);
  });
});
