/** `gdiff embed` as a user runs it, beside float64 loops over the run's own weights. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { beforeAll, describe, expect, test } from "vitest";
import { embedConfig } from "../../../pipelines/embed/options.ts";
import { runEmbed } from "../../../pipelines/embed/run.ts";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import type { Table } from "../../../src/data/table/table.ts";
import { RunFolderError, TableError } from "../../../src/errors.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";
import { naiveFeatures, naivePooled } from "../../naive/classifier.ts";
import { maxDifference } from "../../support/backend.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { plantedRows, writePlanted } from "../support/planted-set.ts";
import { savedWeights } from "../support/saved-weights.ts";
import { gdiff, pretrain, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);
const RUN = inFolder("run");
const TUNED = inFolder("tuned");
const FASTA = inFolder("a.fa");
const WIDTH = 16;
const SIZE = { width: WIDTH, layers: 1, heads: 2 };
const ROWS = [...plantedRows(12, 2), { id: "n", sequence: "ACGNNT", label: "at" as const }];
const IDS = ROWS.map(({ sequence }) => encodeBases(new TextEncoder().encode(sequence)).ids);
const BACK = IDS.map(reverseComplementIds);

/** Embeds to Arrow with products in float32. */
async function embedded(...args: readonly string[]): Promise<Table> {
  const out = inFolder("out.arrow");
  const done = await gdiff(["embed", ...args, "--out", out, "--precision", "fp32"]);
  expect(done).toMatchObject({ code: 0, stdout: "" });
  return readArrowTable(out);
}

function valuesOf({ columns }: Table, name: string): ArrayLike<unknown> {
  const column = columns.find((one) => one.name === name);
  if (column === undefined) throw new Error(`expected a column ${name}`);
  return column.values;
}

const vectors = (table: Table): Float32Array => valuesOf(table, "embedding") as Float32Array;

beforeAll(async () => {
  writeFileSync(FASTA, ROWS.map(({ id, sequence }) => `>${id}\n${sequence}\n`).join(""));
  writePlanted(inFolder("train.csv"), plantedRows(60, 1));
  writePlanted(inFolder("a.csv"), ROWS);
  const args = ["--genome", "demo", "--steps", "3", "--out", RUN];
  expect(await pretrain(args)).toMatchObject({ code: 0 });
  const tuning = ["--train", inFolder("train.csv"), "--epochs", "1", "--batch-size", "9"];
  expect(await gdiff(["finetune", RUN, ...tuning, "--out", TUNED])).toMatchObject({ code: 0 });
});

describe("a vector a sequence", () => {
  test.each([
    ["a pretrained", RUN, "ema.safetensors"],
    ["a fine-tuned", TUNED, "best.safetensors"],
  ])("of %s run is the mean of float64 loops, whatever stands beside it", async (_, run, file) => {
    const weights = savedWeights(run, file);
    const expected = IDS.flatMap((ids) => [...naivePooled(weights, ids, SIZE)]);
    expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(0.5);
    for (const tokens of ["16384", "100", "1"]) {
      const table = await embedded(run, FASTA, "--tokens", tokens);
      expect(table.columns.map(({ name }) => name)).toEqual(["id", "length", "embedding"]);
      expect(valuesOf(table, "id")).toEqual(ROWS.map(({ id }) => id));
      expect(maxDifference(vectors(table), expected)).toBeLessThan(1e-5);
    }
  });

  test("keeps labels, and of both strands is the mean", async () => {
    const weights = savedWeights(RUN, "ema.safetensors");
    const table = await embedded(RUN, inFolder("a.csv"), "--strand", "average");
    expect(valuesOf(table, "label")).toEqual(ROWS.map(({ label }) => label));
    const [ahead, back] = [IDS, BACK].map((all) =>
      all.flatMap((ids) => [...naivePooled(weights, ids, SIZE)]),
    ) as [number[], number[]];
    const expected = ahead.map((value, i) => (value + (back[i] as number)) / 2);
    expect(maxDifference(vectors(table), expected)).toBeLessThan(1e-5);
    expect(maxDifference(ahead, expected)).toBeGreaterThan(0.01);
    expect(table.metadata).toMatchObject({ run: RUN, step: "3", strand: "average" });
  });

  test("is the same in Parquet and as TSV on stdout", async () => {
    const table = await embedded(RUN, FASTA);
    const out = inFolder("out.parquet");
    const args = ["embed", RUN, FASTA, "--precision", "fp32"];
    const done = await gdiff([...args, "--out", out, "--json"]);
    expect(JSON.parse(done.stdout)).toMatchObject({
      ...{ run: RUN, step: 3, sequences: 13, rows: 13, width: WIDTH, strand: "forward" },
      ...{ files: [out], precision: "fp32" },
    });
    const file = new Uint8Array(readFileSync(out)).buffer;
    const rows = await parquetReadObjects({ file });
    expect(Float32Array.from(rows.flatMap(({ embedding }) => embedding))).toEqual(vectors(table));
    const [head, ...lines] = (await gdiff(args)).stdout.trimEnd().split("\n");
    const names = Array.from({ length: WIDTH }, (_, i) => `embedding${i}`);
    expect(head?.split("\t")).toEqual(["id", "length", ...names]);
    const numbers = lines.flatMap((line) => line.split("\t").slice(2).map(Number));
    expect(Float32Array.from(numbers)).toEqual(vectors(table));
  });

  test("of intervals has their coordinates, and the vectors of their bases", async () => {
    const bed = inFolder("a.bed");
    writeFileSync(inFolder("g.fa"), `>c\nGG${ROWS[0]?.sequence}TT\n`);
    const end = 2 + (ROWS[0]?.sequence.length ?? 0);
    writeFileSync(bed, `c\t2\t${end}\n`);
    const table = await embedded(RUN, "--bed", bed, "--fasta", inFolder("g.fa"));
    expect([valuesOf(table, "id"), valuesOf(table, "contig")]).toEqual([[`c:3-${end}`], ["c"]]);
    const whole = vectors(await embedded(RUN, FASTA)).subarray(0, WIDTH);
    expect(maxDifference(vectors(table), whole)).toBeLessThan(1e-5);
  });
});

describe("a vector a base", () => {
  const perBase = (weights: Record<string, Float32Array>, all: readonly Uint8Array[]) =>
    all.map((ids) => naiveFeatures(weights, ids, SIZE));

  test("is that of float64 loops, with its place and letter", async () => {
    const weights = savedWeights(RUN, "ema.safetensors");
    const expected = perBase(weights, IDS).flatMap((features) => [...features]);
    for (const tokens of ["16384", "1"]) {
      const table = await embedded(RUN, FASTA, "--per-base", "--tokens", tokens);
      expect(maxDifference(vectors(table), expected)).toBeLessThan(2e-5);
      const letters = ROWS.flatMap(({ id, sequence }) =>
        [...sequence].map((letter, i) => [id, i, letter]),
      );
      const [ids, positions, bases] = ["id", "position", "base"].map((name) =>
        Array.from(valuesOf(table, name)),
      );
      expect(letters.map((_, i) => [ids?.[i], positions?.[i], bases?.[i]])).toEqual(letters);
    }
  });

  test("of both strands is the mean at the base itself", async () => {
    const weights = savedWeights(RUN, "ema.safetensors");
    const table = await embedded(RUN, FASTA, "--per-base", "--strand", "average");
    const back = perBase(weights, BACK);
    const expected = perBase(weights, IDS).flatMap((features, row) => {
      const length = features.length / WIDTH;
      return Array.from(features, (value, i) => {
        const at = length - 1 - Math.floor(i / WIDTH);
        return (value + (back[row]?.[at * WIDTH + (i % WIDTH)] as number)) / 2;
      });
    });
    expect(maxDifference(vectors(table), expected)).toBeLessThan(2e-5);
  });
});

describe("what cannot be", () => {
  const refusal = (part: Parameters<typeof embedConfig>[0]): Promise<unknown> =>
    runEmbed(embedConfig(part), quietIo()).catch((error: unknown) => error);

  test("a folder that is no run, and a network without features", async () => {
    expect(await refusal({ run: folder, data: { file: FASTA } })).toEqual(
      new RunFolderError(
        `expected a run folder, got ${folder} without config.yaml: give the folder that gdiff pretrain or gdiff finetune printed`,
      ),
    );
    const run = inFolder("cnn");
    const args = ["--train", inFolder("long.csv"), "--epochs", "1", "--out", run];
    const rows = plantedRows(30, 5).map((row) => ({ ...row, sequence: row.sequence.repeat(3) }));
    writePlanted(inFolder("long.csv"), rows);
    expect(await gdiff(["finetune", "--from-scratch", "benchmark-cnn", ...args])).toMatchObject({
      code: 0,
    });
    expect(await refusal({ run, data: { file: FASTA } })).toEqual(
      new RunFolderError(
        `expected a run with a transformer, whose features are embeddings, got ${run}, of the benchmark's convolutional network`,
      ),
    );
  });

  test("more than memory should hold", async () => {
    const file = inFolder("much.fa");
    const record = `${"A".repeat(2 ** 20)}\n`;
    writeFileSync(file, Array.from({ length: 17 }, (_, i) => `>${i}\n${record}`).join(""));
    expect(await refusal({ run: RUN, data: { file }, perBase: true })).toEqual(
      new TableError(
        `${file}: expected embeddings of at most 1.0 GiB, got 17,825,792 rows of ${WIDTH} numbers, 1.1 GiB (split the sequences, or leave --per-base out)`,
      ),
    );
  });

  test("a sequence longer than the windows is embedded, with a warning", async () => {
    const file = inFolder("longer.fa");
    writeFileSync(file, `>a\n${"ACGT".repeat(10)}\n`);
    const done = await gdiff(["embed", RUN, file]);
    expect(done.code).toBe(0);
    expect(done.stderr).toContain(
      "warning: 40 bases are more than the windows of 32 that the run was trained on\n",
    );
  });
});
