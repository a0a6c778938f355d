/** Batches made ahead in worker threads are those that the main thread makes. */

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openGenome } from "../../../src/genome/node-open-genome.ts";
import {
  errorLines,
  gdiff,
  NETWORK,
  outcomeOf,
  pretrain,
  STEPPING,
  signalAt,
  testFolder,
} from "../support/tiny-run.ts";
import { undisturbedRun } from "../support/undisturbed-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);
const STEPS = 30;
const ARGS = ["--genome", "demo", "--steps", String(STEPS), "--set", "train.saveEvery=10"];

const expected = undisturbedRun(inFolder("0"), STEPS, [...ARGS, "--workers", "0"]);

test.concurrent.each(["1", "3"])(
  "%s workers: the same checkpoints and metrics",
  async (workers) => {
    const run = inFolder(workers);
    expect(await pretrain([...ARGS, "--workers", workers, "--out", run])).toMatchObject({
      code: 0,
    });
    expect(outcomeOf(run, STEPS)).toEqual(expected());
  },
);

test.concurrent("windows cut to random lengths pass through the ring", async () => {
  const args = ["--genome", "demo", "--steps", "6", "--set", "train.randomLengthShare=0.5"];
  for (const workers of ["0", "2"]) {
    const out = inFolder(`cut-${workers}`);
    expect(await pretrain([...args, "--workers", workers, "--out", out])).toMatchObject({
      code: 0,
    });
  }
  expect(outcomeOf(inFolder("cut-2"), 6)).toEqual(outcomeOf(inFolder("cut-0"), 6));
});

test.concurrent.each([
  ["SIGINT", 130],
  ["SIGTERM", 75],
] as const)("%s stops the workers too, and the run goes on", async (signal, code) => {
  const run = inFolder(signal);
  const args = [...ARGS, "--workers", "2", "--out", run];
  expect(await pretrain(args, signalAt(STEPPING, signal))).toMatchObject({ code });
  const resumed = await pretrain(["--resume", "--workers", "3", "--out", run]);
  expect(resumed).toMatchObject({ code: 0 });
  expect(outcomeOf(run, STEPS)).toEqual(expected());
});

test.concurrent("--max-time stops them", async () => {
  const args = ["--genome", "demo", "--steps", "100000", "--workers", "2", "--max-time", "1s"];
  expect(await pretrain([...args, "--out", inFolder("timed")])).toMatchObject({ code: 75 });
});

test.concurrent("a run that is done already starts none", async () => {
  const run = inFolder("done");
  cpSync(inFolder("0"), run, { recursive: true });
  expect(await pretrain(["--resume", "--workers", "2", "--out", run])).toMatchObject({ code: 0 });
  expect(outcomeOf(run, STEPS)).toEqual(expected());
});

describe("what goes wrong in a worker ends the run with its code", () => {
  test("a damaged base, at the step that reads it", async () => {
    const fasta = inFolder("damaged.fa");
    const line = "ACGTTGCAACGTGGCATTACGGATCCATGCAAGTCTTGACCA";
    writeFileSync(fasta, `>chr1\n${`${line}\n`.repeat(400)}`);
    const args = ["pretrain", ...NETWORK, "--fasta", fasta, "--length", "32", "--steps", "400"];
    await (await openGenome(fasta)).genome.close(); // writes the index
    const bytes = readFileSync(fasta);
    bytes[9000] = "!".charCodeAt(0);
    writeFileSync(fasta, bytes);
    const run = inFolder("damaged");
    const failed = await gdiff([...args, "--batch-size", "8", "--workers", "2", "--out", run]);
    expect([failed.code, errorLines(failed)]).toEqual([
      4,
      [
        expect.stringMatching(
          new RegExp(`^gdiff: E_FASTA: ${fasta}: chr1:[\\d,]+, byte 9000: expected `),
        ),
      ],
    ]);
  });
});

test.concurrent("metrics.jsonl says what waiting and making took", async () => {
  const lines = readFileSync(join(inFolder("0"), "metrics.jsonl"), "utf8")
    .trimEnd()
    .split("\n");
  for (const line of lines) {
    const { waitShare, makeSeconds } = JSON.parse(line);
    expect(waitShare).toBeGreaterThan(0);
    expect(waitShare).toBeLessThan(1);
    expect(makeSeconds).toBeGreaterThan(0);
  }
});
