/** `gdiff predict` as a user runs it, beside float64 loops over the run's own weights. */

import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { loadRun } from "../../../pipelines/load-run.ts";
import { predictConfig } from "../../../pipelines/predict/options.ts";
import { runPredict } from "../../../pipelines/predict/run.ts";
import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import type { Table } from "../../../src/data/table/table.ts";
import {
  CheckpointError,
  FileError,
  GdiffError,
  RunFolderError,
  TableError,
  UsageError,
} from "../../../src/errors.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { encodeBases } from "../../../src/tokens/encode.ts";
import { naiveLogits, naiveSoftmaxOf } from "../../naive/classifier.ts";
import { quietIo } from "../../support/quiet-io.ts";
import { plantedRows, writePlanted } from "../support/planted-set.ts";
import { savedWeights } from "../support/saved-weights.ts";
import { errorLines, gdiff, NETWORK, pretrain, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const inFolder = (name: string): string => join(folder, name);
const RUN = inFolder("run");
const TEST = inFolder("test.csv");
const ROWS = plantedRows(40, 2);
const SIZE = { width: 16, layers: 1, heads: 2 };
const EXACT = ["--precision", "fp32"];

const predict = (...args: readonly string[]) => gdiff(["predict", ...args]);

const values = (table: Table, name: string): unknown[] => {
  const column = table.columns.find((one) => one.name === name);
  if (column === undefined) throw new Error(`expected a column ${name}`);
  return [...column.values];
};

/** Rows of TSV by the names of its header. */
function rowsOf(text: string): Record<string, string>[] {
  const [head, ...lines] = text.trimEnd().split("\n");
  const names = (head as string).split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    return Object.fromEntries(names.map((name, i) => [name, cells[i] as string]));
  });
}

async function predicted(...args: readonly string[]): Promise<Record<string, string>[]> {
  const done = await predict(RUN, ...args, ...EXACT);
  expect(done).toMatchObject({ code: 0 });
  return rowsOf(done.stdout);
}

const encode = (sequence: string): Uint8Array =>
  encodeBases(new TextEncoder().encode(sequence)).ids;

beforeAll(async () => {
  writePlanted(inFolder("train.csv"), plantedRows(120, 1));
  writePlanted(TEST, ROWS);
  const data = ["--train", inFolder("train.csv"), "--test", TEST];
  const training = ["--batch-size", "9", "--lr", "0.003", "--epochs", "1", ...EXACT];
  const args = ["--from-scratch", "nano", ...NETWORK, ...data, ...training, "--out", RUN];
  expect(await gdiff(["finetune", ...args])).toMatchObject({ code: 0 });
});

describe("a table with labels", () => {
  test("gives what the run itself said of its test, and the same metrics", async () => {
    const out = inFolder("again.arrow");
    const done = await predict(RUN, TEST, "--out", out, "--json", ...EXACT);
    expect(done).toMatchObject({ code: 0 });
    const [table, own] = [
      await readArrowTable(out),
      await readArrowTable(join(RUN, "predictions.test.arrow")),
    ];
    expect(table.columns).toEqual(own.columns);
    expect(table.metadata).toMatchObject({ run: RUN, source: TEST, strand: "forward" });
    const summary = JSON.parse(done.stdout);
    const { metrics } = JSON.parse(readFileSync(join(RUN, "result.json"), "utf8"));
    expect(summary.metrics).toEqual(metrics.test);
    const names = values(table, "predicted");
    expect(summary).toMatchObject({
      ...{ sequences: 40, classes: ["at", "gc"], files: [out], source: TEST },
      predicted: ["at", "gc"].map((name) => names.filter((one) => one === name).length),
    });
  });

  test("has its metrics on stdout beside a file, and on stderr beside TSV", async () => {
    const beside = await predict(RUN, TEST, "--out", inFolder("m.tsv"), ...EXACT);
    expect(beside.stdout).toMatch(/^part +sequences +accuracy .*\ntest\.csv +40 +[01]\.\d{4} /);
    const piped = await predict(RUN, TEST, ...EXACT);
    expect(piped.stdout).toBe(readFileSync(inFolder("m.tsv"), "utf8"));
    expect(piped.stderr).toContain(beside.stdout);
  });
});

describe("a file without labels", () => {
  const FASTA = ROWS.map(({ id, sequence }) => `>${id} of two\n${sequence}\n`).join("");

  test("gives the probabilities of float64 loops, whatever stands beside a sequence", async () => {
    const path = inFolder("test.fa");
    writeFileSync(path, FASTA);
    const rows = await predicted(path);
    const alone = await predicted(path, "--tokens", "1");
    const weights = savedWeights(RUN, "best.safetensors");
    expect(Object.keys(rows[0] ?? {})).toEqual(["id", "predicted", "p_at", "p_gc", "length", "gc"]);
    for (const [i, { id, sequence }] of ROWS.entries()) {
      const [at, gc] = naiveSoftmaxOf(naiveLogits(weights, encode(sequence), SIZE)) as unknown as [
        number,
        number,
      ];
      expect(rows[i]).toMatchObject({ id, length: String(sequence.length) });
      expect(rows[i]?.predicted).toBe(at >= gc ? "at" : "gc");
      for (const some of [rows, alone]) {
        expect(Math.abs(Number(some[i]?.p_at) - at)).toBeLessThan(1e-5);
        expect(Math.abs(Number(some[i]?.p_gc) - gc)).toBeLessThan(1e-5);
      }
    }
  });

  test("--strand average is the softmax of the mean of both strands' logits", async () => {
    const path = inFolder("both.fa");
    writeFileSync(path, FASTA);
    const rows = await predicted(path, "--strand", "average");
    const weights = savedWeights(RUN, "best.safetensors");
    for (const [i, { sequence }] of ROWS.entries()) {
      const ids = encode(sequence);
      const [a, b] = [ids, reverseComplementIds(ids)].map((one) => naiveLogits(weights, one, SIZE));
      const mean = (a as Float64Array).map((value, c) => (value + (b?.[c] as number)) / 2);
      expect(Number(rows[i]?.p_at)).toBeCloseTo(naiveSoftmaxOf(mean)[0] as number, 5);
    }
  });

  test("is the same as gzip, as a table of sequences alone, and as intervals on a genome", async () => {
    writeFileSync(inFolder("a.fa"), FASTA);
    const expected = await predicted(inFolder("a.fa"));
    writeFileSync(inFolder("b.fa.gz"), gzipSync(FASTA));
    expect(await predicted(inFolder("b.fa.gz"))).toEqual(expected);
    const lines = ROWS.map(({ id, sequence }) => `${sequence}\t${id}`);
    writeFileSync(inFolder("c.tsv"), `seq\tid\n${lines.join("\n")}\n`);
    expect(await predicted(inFolder("c.tsv"), "--sequence-column", "seq")).toEqual(expected);
    const opposite = { A: "T", C: "G", G: "C", T: "A" } as Record<string, string>;
    let [contig, bed] = ["", ""];
    for (const [i, { id, sequence }] of ROWS.entries()) {
      const isReverse = i % 2 === 1;
      const start = contig.length + 3;
      const letters = [...sequence];
      const laid = isReverse ? letters.toReversed().map((base) => opposite[base]) : letters;
      contig += `GGG${laid.join("")}`;
      bed += `c\t${start}\t${contig.length}\t${id}\t0\t${isReverse ? "-" : "+"}\n`;
    }
    writeFileSync(inFolder("g.fa"), `>c\n${contig}\n`);
    writeFileSync(inFolder("d.bed"), bed);
    const rows = await predicted("--bed", inFolder("d.bed"), "--fasta", inFolder("g.fa"));
    expect(rows.map(({ contig: _c, start: _s, end: _e, strand: _t, ...row }) => row)).toEqual(
      expected,
    );
    expect(rows.map(({ contig: c, start, end, strand }) => [c, start, end, strand])).toEqual(
      bed
        .trimEnd()
        .split("\n")
        .map((line) => line.split("\t").filter((_, i) => i < 3 || i === 5)),
    );
  });
});

test("the benchmark's own network says what it said, and refuses a longer sequence", async () => {
  const rows = plantedRows(40, 5).map((row) => ({ ...row, sequence: row.sequence.repeat(3) }));
  const longest = Math.max(...rows.map(({ sequence }) => sequence.length));
  writePlanted(inFolder("long.csv"), rows);
  const run = inFolder("cnn");
  const data = ["--train", inFolder("long.csv"), "--test", inFolder("long.csv"), "--out", run];
  const args = ["--from-scratch", "benchmark-cnn", "--epochs", "1", "--batch-size", "10", ...data];
  expect(await gdiff(["finetune", ...args, ...EXACT])).toMatchObject({ code: 0 });
  const out = inFolder("cnn.arrow");
  expect(await predict(run, inFolder("long.csv"), "--out", out, ...EXACT)).toMatchObject({
    code: 0,
  });
  const own = await readArrowTable(join(run, "predictions.test.arrow"));
  expect((await readArrowTable(out)).columns).toEqual(own.columns);
  writeFileSync(inFolder("longer.fa"), `>a\nACGT\n>b\n${"A".repeat(longest + 1)}\n`);
  const refused = await predict(run, inFolder("longer.fa"));
  expect([refused.code, errorLines(refused)]).toEqual([
    1,
    [
      `gdiff: E_RUN: ${inFolder("longer.fa")} record 2: expected at most ${longest} bases, the longest that ${run} was made for (its network has a fixed length), got ${longest + 1}`,
    ],
  ]);
});

describe("refusals", () => {
  const refusal = async (part: Parameters<typeof predictConfig>[0]): Promise<unknown> => {
    const io = quietIo();
    const error = await runPredict(predictConfig(part), io).catch((thrown: unknown) => thrown);
    expect(io.out).toEqual([]);
    return error;
  };
  const fa = inFolder("one.fa");
  beforeAll(() => writeFileSync(fa, ">a\nACGT\n"));

  test("a pretrained run, a folder that is none, a run without a checkpoint, a damaged one", async () => {
    const pretrained = inFolder("pretrained");
    const args = ["--genome", "demo", "--steps", "1", "--out", pretrained];
    expect(await pretrain(args)).toMatchObject({ code: 0 });
    expect(await refusal({ run: pretrained, data: { file: fa } })).toEqual(
      new RunFolderError(
        `expected a run of gdiff finetune, got ${pretrained}, which gdiff pretrain made`,
      ),
    );
    await expect(loadRun(RUN)).rejects.toEqual(
      new RunFolderError(`expected a run of gdiff pretrain, got ${RUN}, which gdiff finetune made`),
    );
    expect(await refusal({ run: folder, data: { file: fa } })).toEqual(
      new RunFolderError(
        `expected a run folder, got ${folder} without config.yaml: give the folder that gdiff finetune printed`,
      ),
    );
    const fresh = inFolder("fresh");
    mkdirSync(fresh);
    copyFileSync(join(RUN, "config.yaml"), join(fresh, "config.yaml"));
    expect(await refusal({ run: fresh, data: { file: fa } })).toEqual(
      new RunFolderError(
        `expected a checkpoint in ${fresh}, got none yet: go on with gdiff finetune --resume --out ${fresh}`,
      ),
    );
    const damaged = inFolder("damaged");
    cpSync(RUN, damaged, { recursive: true });
    for (const step of readdirSync(join(damaged, "checkpoints"))) {
      const file = join(damaged, "checkpoints", step, "best.safetensors");
      const bytes = readFileSync(file);
      bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
      writeFileSync(file, bytes);
    }
    expect(await refusal({ run: damaged, data: { file: fa } })).toBeInstanceOf(CheckpointError);
  });

  test("a column that is not there, a label of no class, files of no kind", async () => {
    const file = inFolder("odd.csv");
    writeFileSync(file, "seq,label\nACGT,at\nACGT,xy\n");
    expect(await refusal({ run: RUN, data: { file } })).toEqual(
      new TableError(
        `${file}: expected a column sequence with the sequence, got the columns seq, label (name the column, or rename it)`,
      ),
    );
    expect(await refusal({ run: RUN, data: { file, sequenceColumn: "seq" } })).toEqual(
      new TableError(
        `${file} line 3: expected one of the classes at, gc, got "xy" (the classes are those of ${RUN}; name the column of labels by --label-column, or leave it out)`,
      ),
    );
    const odd = inFolder("odd.vcf");
    writeFileSync(odd, "x");
    expect(await refusal({ run: RUN, data: { file: odd } })).toEqual(
      new FileError(
        `${odd}: expected sequences as .fa, .fasta, .fna, .csv, .tsv (or .gz of these), .arrow, .feather or .parquet, got .vcf`,
      ),
    );
    expect(await refusal({ run: RUN, data: { file: fa }, out: "x.txt" })).toEqual(
      new UsageError(
        "x.txt: expected a table to end in .arrow, .tsv, .parquet, got .txt: rename it",
      ),
    );
  });

  test("intervals: none, past their contig, on no contig, with a name twice, of no strand", async () => {
    const genome = inFolder("small.fa");
    writeFileSync(genome, ">chrA\nACGTACGT\n");
    const ofBed = async (text: string) => {
      const bed = inFolder("x.bed");
      writeFileSync(bed, text);
      const error = await refusal({ run: RUN, data: { bed, fasta: genome } });
      if (!(error instanceof GdiffError)) throw error;
      return `${error.code}: ${error.message}`.replaceAll(bed, "x.bed");
    };
    expect(await ofBed("# nothing\n")).toBe("E_BED: x.bed: expected intervals, got none");
    expect(await ofBed("chrA\t4\t9\n")).toMatch(/x\.bed: chrA:4-9 ends past chrA \(8 bases\)/);
    expect(await ofBed("chrB\t4\t8\n")).toMatch(/E_REGION: .*chrB/);
    expect(await ofBed("chrA\t4\t4\n")).toMatch(
      /x\.bed interval 1: expected a sequence, got nothing/,
    );
    expect(await ofBed("chrA\t0\t4\tp\nchrA\t1\t5\tp\n")).toBe(
      'E_TABLE: x.bed interval 2: expected ids that are unique, got "p" again after x.bed interval 1 (rename one, or leave ids out)',
    );
    expect(await ofBed("chrA\t0\t4\tp\t0\tup\n")).toBe(
      'E_BED: x.bed line 1: expected a strand in column 6: +, - or ., got "up"',
    );
  });
});
