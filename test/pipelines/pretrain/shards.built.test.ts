/** Training from shards: the same bytes as from the genome, and nothing but the right shards. */

import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { formatSealed } from "../../../src/data/shards/sealed-json.ts";
import {
  errorLines,
  gdiff,
  NETWORK,
  outcomeOf,
  STEPPING,
  signalAt,
  testFolder,
} from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);
const fasta = inFolder("genome.fa");
const shards = inFolder("shards");

const STEPS = 24;
const SHAPE = [...NETWORK, "--batch-size", "2", "--accumulate", "2"];
const TRAIN = [
  ...SHAPE,
  "--steps",
  String(STEPS),
  "--set",
  "train.validEvery=6",
  "--set",
  "train.validWindows=5",
];
const DATA = ["--fasta", fasta, "--length", "48", "--seed", "11", "--max-n", "0.3"];

const pretrain = (...args: readonly string[]) => gdiff(["pretrain", ...TRAIN, ...args]);

let expected: unknown;
beforeAll(async () => {
  const sequence = Array.from({ length: 9000 }, (_, i) =>
    i % 400 < 9
      ? "N"
      : ((i * 7 + (i >> 4) * (i % 13)) % 5 > 2 ? "ACGT" : "acgt")[(i * i + (i >> 2)) % 4],
  ).join("");
  writeFileSync(fasta, `>chr1\n${sequence.slice(0, 6000)}\n>chr2\n${sequence.slice(6000)}\n`);
  const count = String(4 * STEPS);
  const made = await gdiff([
    "data",
    "prepare",
    ...DATA,
    "--windows",
    count,
    "--shard-bytes",
    "3000",
    "--out",
    shards,
  ]);
  expect(made).toMatchObject({ code: 0 });
  expect(await pretrain(...DATA, "--out", inFolder("fasta"))).toMatchObject({ code: 0 });
  expected = outcomeOf(inFolder("fasta"), STEPS);
});

test("gives the checkpoints and metrics that the FASTA gives, to the byte", async () => {
  const { code, stderr } = await pretrain("--shards", shards, "--out", inFolder("shards-run"));
  expect([code, stderr]).toEqual([
    0,
    expect.stringContaining(`training on the 96 windows prepared in ${shards}\n`),
  ]);
  expect(outcomeOf(inFolder("shards-run"), STEPS)).toEqual(expected);
});

test("needs the genome no more; a stopped run goes on from either", async () => {
  const moved = inFolder("moved");
  cpSync(shards, moved, { recursive: true });
  const hidden = `${fasta}.hidden`;
  for (const ending of ["", ".fai"]) {
    cpSync(`${fasta}${ending}`, `${hidden}${ending}`);
    rmSync(`${fasta}${ending}`);
  }
  const run = inFolder("stopped-run");
  const args = ["pretrain", ...TRAIN, "--shards", moved, "--workers", "1", "--out", run];
  const stopped = await gdiff(args, signalAt(STEPPING, "SIGTERM"));
  expect(stopped.code).toBe(75);
  expect(errorLines(stopped)[0]).toMatch(
    new RegExp(`; go on with: gdiff pretrain --resume --out ${run} --shards ${moved}$`),
  );
  const half = inFolder("half-run");
  cpSync(run, half, { recursive: true });
  const resumed = await gdiff(["pretrain", "--resume", "--out", run, "--shards", moved]);
  expect(resumed.code).toBe(0);
  expect(outcomeOf(run, STEPS)).toEqual(expected);
  for (const ending of ["", ".fai"]) cpSync(`${hidden}${ending}`, `${fasta}${ending}`);
  expect(await gdiff(["pretrain", "--resume", "--out", half])).toMatchObject({ code: 0 });
  expect(outcomeOf(half, STEPS)).toEqual(expected);
});

describe("refuses, before a folder is made,", () => {
  const run = inFolder("refused-run");
  const refused = async (...args: readonly string[]) => {
    const { code, stderr, stdout } = await pretrain(...args, "--out", run);
    expect(existsSync(run)).toBe(false);
    return [code, errorLines({ code, stderr, stdout })];
  };

  test("more steps than were prepared, with the command that makes more", async () => {
    const more = await gdiff([
      "pretrain",
      ...SHAPE,
      "--steps",
      "25",
      "--shards",
      shards,
      "--out",
      run,
    ]);
    expect([more.code, errorLines(more)]).toEqual([
      2,
      [
        `gdiff: E_CONFIG: expected 100 windows (25 steps of 4) in ${shards}, got 96: make more with ` +
          `gdiff data prepare --out ${shards} --windows 100, or train 24 steps`,
      ],
    ]);
  });

  test("a genome beside the shards", async () => {
    expect(await refused("--shards", shards, "--fasta", fasta)).toEqual([
      2,
      [
        `gdiff: E_CONFIG: expected --shards or --fasta, got both: ${shards} and ${fasta} (shards know their genome)`,
      ],
    ]);
    expect(await refused("--shards", shards, "--genome", "demo")).toEqual([
      2,
      [
        `gdiff: E_CONFIG: expected --shards or --genome, got both: ${shards} and demo (shards know their genome)`,
      ],
    ]);
  });

  test("options that contradict the shards; those that agree are welcome", async () => {
    expect(await refused("--shards", shards, "--length", "32", "--seed", "3")).toEqual([
      2,
      [
        `gdiff: E_CONFIG: ${shards} was prepared with other windows: data.length: expected 48, got 32; seed: expected 11, got 3 ` +
          "(leave them out, or prepare another folder)",
      ],
    ]);
    const agreeing = ["--shards", shards, "--length", "48", "--seed", "11", "--dry-run"];
    expect(await gdiff(["pretrain", ...TRAIN, ...agreeing])).toMatchObject({ code: 0 });
  });

  test("a folder that is none, or whose preparation has not ended", async () => {
    expect(await refused("--shards", folder)).toEqual([
      1,
      [
        `gdiff: E_FILE: ${folder}: expected a folder of shards, got none with manifest.json: make one with gdiff data prepare --out FOLDER`,
      ],
    ]);
  });

  test("windows that another gdiff drew otherwise", async () => {
    const other = inFolder("drawn-otherwise");
    cpSync(shards, other, { recursive: true });
    const path = join(other, "manifest.json");
    const { sha256: _, ...body } = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, formatSealed({ ...body, drawn: "by dice" }));
    expect(await refused("--shards", other)).toEqual([
      2,
      [
        `gdiff: E_CONFIG: ${other}: expected windows as this gdiff finds them (epochs of tiles), got by dice: ` +
          "prepare them anew into another folder",
      ],
    ]);
  });

  test("a first or a valid shard that is damaged", async () => {
    for (const name of ["train-000000000-000000042.arrow", "valid-000000000-000000009.arrow"]) {
      const damaged = inFolder(`damaged-${name}`);
      cpSync(shards, damaged, { recursive: true });
      const file = join(damaged, name);
      const bytes = readFileSync(file);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
      writeFileSync(file, bytes);
      expect(await refused("--shards", damaged)).toEqual([
        4,
        [expect.stringMatching(new RegExp(`^gdiff: E_SHARD: ${file}: expected SHA-256 `))],
      ]);
    }
  });
});

test.each([0, 2])(
  "a later shard that is damaged ends the run when it comes, with %i workers",
  async (workers) => {
    const damaged = inFolder(`damaged-later-${workers}`);
    cpSync(shards, damaged, { recursive: true });
    const file = join(damaged, "train-000000042-000000084.arrow");
    writeFileSync(file, readFileSync(file).subarray(0, 64));
    const run = inFolder(`damaged-run-${workers}`);
    const args = ["--shards", damaged, "--workers", String(workers), "--set", "train.saveEvery=5"];
    const failed = await pretrain(...args, "--out", run);
    expect([failed.code, errorLines(failed)]).toEqual([
      4,
      [expect.stringContaining(`gdiff: E_SHARD: ${file}: expected `)],
    ]);
    const checkpoint = join(run, "checkpoints/step-10"); // window 42 belongs to step 11
    expect(existsSync(checkpoint)).toBe(true);
    rmSync(damaged, { recursive: true });
    const resumed = await gdiff(["pretrain", "--resume", "--out", run, "--shards", shards]);
    expect(resumed).toMatchObject({ code: 0 });
  },
);
