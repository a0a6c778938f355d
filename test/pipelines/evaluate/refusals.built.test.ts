import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { decodeSafetensors, encodeSafetensors } from "../../../src/tensor/safetensors.ts";
import { writeCheckpoint } from "../../../src/train/checkpoint/write-checkpoint.ts";
import { uniforms } from "../support/seeded.ts";
import { errorLines, gdiff, pretrain, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const run = join(folder, "run");
const fasta = join(folder, "chr20.fa");

/** 4,000 bases, N on the first 64 of the last twentieth. */
beforeAll(async () => {
  const bases = uniforms(7, 4000).map((u) => "ACGT"[Math.floor(4 * u)]);
  const text = bases.map((base, i) => (i >= 3800 && i < 3864 ? "N" : base));
  writeFileSync(fasta, `>chr20\n${text.join("")}\n`);
  const args = ["--fasta", fasta, "--steps", "3", "--out", run];
  expect(await pretrain(args)).toMatchObject({ code: 0 });
});

describe("what is refused", () => {
  const refused: [string, string[], number, string][] = [
    [
      "a folder that is no run",
      [folder],
      1,
      `E_RUN: expected a run folder, got ${folder} without config.yaml: give the folder that gdiff pretrain printed`,
    ],
    [
      "a checkpoint in the place of its run",
      [join(run, "checkpoints/step-3")],
      1,
      `E_RUN: expected a run folder, got ${run}/checkpoints/step-3, a checkpoint of one: give ${run}, whose newest whole checkpoint is taken`,
    ],
    [
      "a contig that is not there",
      [run, "--region", "chr7"],
      1,
      'E_REGION: expected the name of one of 1 contig, got "chr7" (nearest: chr20)',
    ],
    [
      "a region shorter than a window",
      [run, "--region", "chr20:1-20"],
      1,
      `E_REGION: expected a window of 32 bases in chr20:1-20 of ${fasta}, got none: give longer regions`,
    ],
    [
      "a region of N only",
      [run, "--region", "chr20:3801-3864"],
      1,
      `E_REGION: expected A, C, G or T in chr20:3801-3864 of ${fasta}, got windows of N only: give other regions`,
    ],
    [
      "a table in no known format, before the run is looked at",
      [folder, "--table", "windows.csv"],
      2,
      "E_USAGE: windows.csv: expected a table to end in .arrow, .tsv, .parquet, got .csv: rename it",
    ],
    [
      "a table in a folder that is missing, before the run is looked at",
      [folder, "--table", join(folder, "nowhere/windows.tsv")],
      1,
      `E_FILE: ${folder}/nowhere/windows.tsv: expected to write the file, but there is no folder ${folder}/nowhere: create it, or choose another path`,
    ],
    [
      "a split beside regions",
      [run, "--split", "train", "--region", "chr20"],
      2,
      "E_CONFIG: expected --split or --region, got both: a split is of the run's own genome",
    ],
  ];
  test.concurrent.each(refused)("%s", async (_what, args, code, line) => {
    const finished = await gdiff(["evaluate", ...args]);
    expect([finished.code, finished.stdout, errorLines(finished)]).toEqual([
      code,
      "",
      [`gdiff: ${line}`],
    ]);
  });

  test.concurrent("a genome that is not what the run was trained on any more", async () => {
    const here = mkdtempSync(join(folder, "changed-"));
    const [changing, changed] = [join(here, "a.fa"), join(here, "run")];
    writeFileSync(changing, readFileSync(fasta));
    const made = ["--fasta", changing, "--steps", "1", "--out", changed];
    expect(await pretrain(made)).toMatchObject({ code: 0 });
    const other = readFileSync(fasta, "utf8").replaceAll("G", "C");
    writeFileSync(changing, other);
    const refused = await gdiff(["evaluate", changed]);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [
        `gdiff: E_RUN: expected ${changing} as ${changed} was trained on it, got other contigs, regions or bases ` +
          "(bring the file back as it was)",
      ],
    ]);
  });

  test.concurrent.each([
    ["evaluate", []],
    ["generate", ["--count", "1"]],
  ])("weights of a network with other heads: %s", async (command, flags) => {
    const copy = join(mkdtempSync(join(folder, "heads-")), "run");
    cpSync(run, copy, { recursive: true });
    const config = join(copy, "config.yaml");
    const text = readFileSync(config, "utf8");
    expect(text).toContain("heads: 2\n");
    writeFileSync(config, text.replace("heads: 2\n", "heads: 4\n"));
    const refused = await gdiff([command, copy, ...flags]);
    expect([refused.code, refused.stdout, errorLines(refused)]).toEqual([
      2,
      "",
      [
        `gdiff: E_CONFIG: the weights of ${copy}/checkpoints/step-3 are another network's: model.heads: expected 2, got 4 ` +
          "(set the model as it was when they were trained)",
      ],
    ]);
  });

  test.concurrent("saved weights that are not finite", async () => {
    const diverged = join(folder, "diverged");
    const weights = await storedRun(diverged, (values) => {
      values[0] = Number.NaN;
      values[1] = Number.NEGATIVE_INFINITY;
    });
    const refused = await gdiff(["evaluate", diverged]);
    expect([refused.code, errorLines(refused)]).toEqual([
      4,
      [
        `gdiff: E_CHECKPOINT: ${weights}: expected finite numbers, got 2 that are NaN or infinite in embed.weight ` +
          "(the run diverged before it was saved: start anew with a lower --lr)",
      ],
    ]);
  });

  test.concurrent("a run without a checkpoint yet", async () => {
    const fresh = mkdtempSync(join(folder, "fresh-"));
    writeFileSync(join(fresh, "config.yaml"), readFileSync(join(run, "config.yaml")));
    const refused = await gdiff(["evaluate", fresh]);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [
        `gdiff: E_RUN: expected a checkpoint in ${fresh}, got none yet: go on with gdiff pretrain --resume --out ${fresh}`,
      ],
    ]);
  });
});

/** A copy of the run with other averaged weights, saved whole; returns their file. */
async function storedRun(copy: string, change: (values: Float32Array) => void): Promise<string> {
  const from = join(run, "checkpoints/step-3");
  const names = readdirSync(from).filter((name) => name !== "manifest.json");
  const files: Record<string, Uint8Array> = Object.fromEntries(
    names.map((name) => [name, readFileSync(join(from, name))]),
  );
  const { arrays, metadata } = decodeSafetensors(files["ema.safetensors"] as Uint8Array, "ema");
  change((arrays["embed.weight"] as { data: Float32Array }).data);
  files["ema.safetensors"] = encodeSafetensors(arrays, metadata);
  mkdirSync(copy);
  writeFileSync(join(copy, "config.yaml"), readFileSync(join(run, "config.yaml")));
  await writeCheckpoint(copy, 3, files, { gdiffVersion: "0.1.0" });
  return join(copy, "checkpoints/step-3/ema.safetensors");
}
