import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { sha256Hex } from "../../../src/util/sha256.ts";
import { hasPythonModule, runPython } from "../../support/oracles.ts";
import { uniforms } from "../support/seeded.ts";
import { errorLines, gdiff, pretrain, signalAt, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const run = join(folder, "run");
const fasta = join(folder, "chr20.fa");
const TABLES = ["windows.tsv", "windows.arrow", "windows.parquet"].map((name) =>
  join(folder, name),
);
const COLUMNS = [
  ...["contig", "start", "end", "strand", "scoredBases", "softMaskedShare"],
  ...["nats", "draws", "standardError"],
];

// biome-ignore lint/suspicious/noExplicitAny: parsed JSON, whose fields are what is under test
type Json = any;
let report: Json;
let rows: Record<string, string>[];

/** 4,000 bases: a soft-masked tenth, and N on the first 64 of the last twentieth. */
beforeAll(async () => {
  const bases = uniforms(7, 4000).map((u) => "ACGT"[Math.floor(4 * u)]);
  const text = bases.map((base, i) =>
    i >= 3800 && i < 3864 ? "N" : i % 10 ? base : base?.toLowerCase(),
  );
  writeFileSync(fasta, `>chr20\n${text.join("")}\n`);
  const args = ["--fasta", fasta, "--steps", "3", "--lr", "1e-2", "--out", run];
  expect(await pretrain(args)).toMatchObject({ code: 0 });
  const tables = TABLES.flatMap((table) => ["--table", table]);
  const evaluated = await gdiff(["evaluate", run, "--json", "--draws", "4", ...tables]);
  expect(evaluated.code).toBe(0);
  report = JSON.parse(evaluated.stdout);
  const [head = "", ...lines] = readFileSync(join(folder, "windows.tsv"), "utf8")
    .trimEnd()
    .split("\n");
  expect(head.split("\t")).toEqual(COLUMNS);
  rows = lines.map((line) => {
    const cells = line.split("\t");
    return Object.fromEntries(COLUMNS.map((name, i) => [name, cells[i] as string]));
  });
});

describe("--json", () => {
  test("says what was scored, with what, and where the tables are", () => {
    const { scores, ...facts } = report;
    const { sha256 } = checkpointOf();
    expect(facts).toEqual({
      run,
      step: 3,
      checkpointSha256: sha256,
      backend: expect.any(String),
      precision: expect.stringMatching(/^(bf16|fp32)$/),
      what: `the test split of ${fasta}`,
      strand: "+",
      likelihood: "bound",
      length: 32,
      draws: 4,
      seed: 1,
      uncoveredBases: 200 % 32,
      tables: TABLES,
    });
    expect([scores.windows, scores.skippedWindows]).toEqual([4, 2]);
    expect(scores.model).toEqual({
      bits: expect.any(Number),
      standardError: expect.any(Number),
      bases: 128,
    });
    expect(scores.monteCarloStandardError).toBeGreaterThanOrEqual(0);
    expect(scores.softMasked.bases + scores.notSoftMasked.bases).toBe(128);
    const names = scores.baselines.map(({ name }: Json) => name);
    const orders = Array.from({ length: 9 }, (_, order) => `Markov order ${order}`);
    expect(names).toEqual(["uniform", ...orders, "back-off of orders 0–12"]);
    const bits = scores.baselines.map((baseline: Json) => baseline.bits);
    const lowest = Math.min(...bits);
    expect(scores.bestBaseline).toBe(names[bits.indexOf(lowest)]);
    expect(scores.isBelowBestBaseline).toBe(scores.model.bits <= lowest);
  });

  test("the bits by mask rate make up the model's", () => {
    const { byMaskRate, model } = report.scores;
    const sum = (value: (bin: Json) => number): number =>
      byMaskRate.reduce((total: number, bin: Json) => total + value(bin), 0);
    expect(sum(({ draws }) => draws)).toBe(4 * 4);
    expect(sum(({ bits, draws }) => bits * draws) / 16).toBeCloseTo(model.bits, 12);
    for (const { from, to, bases, draws } of byMaskRate) {
      expect(to - from).toBeCloseTo(0.1, 12);
      expect(bases / draws / 32).toBeGreaterThan(from);
      expect(bases / draws / 32).toBeLessThanOrEqual(to);
    }
  });

  test("the uniform baseline is two bits without error", () => {
    const [uniform] = report.scores.baselines;
    expect(uniform.bits).toBeCloseTo(2, 12);
    expect(uniform.standardError).toBeCloseTo(0, 12);
  });

  test("its numbers are those of the table, summed", () => {
    const sum = (name: string): number => rows.reduce((total, row) => total + Number(row[name]), 0);
    const { model, softMasked, baselines } = report.scores;
    expect(sum("scoredBases")).toBe(model.bases);
    expect(model.bits).toBeCloseTo(sum("nats") / sum("scoredBases") / Math.LN2, 12);
    const soft = rows.map((row) => Number(row.softMaskedShare) * Number(row.scoredBases));
    expect(soft.reduce((total, bases) => total + bases, 0)).toBeCloseTo(softMasked.bases, 9);
    for (const { bits, modelMinusBaseline } of baselines) {
      expect(modelMinusBaseline.bits).toBeCloseTo(model.bits - bits, 12);
    }
    const squares = rows
      .filter((row) => row.scoredBases !== "0")
      .reduce((total, row) => total + Number(row.standardError) ** 2, 0);
    expect(report.scores.monteCarloStandardError).toBeCloseTo(
      Math.sqrt(squares) / model.bases / Math.LN2,
      12,
    );
  });
});

test("the table has a row a window, the skipped ones too", () => {
  expect(rows.map(({ contig, start, end, strand }) => [contig, start, end, strand])).toEqual(
    Array.from({ length: 6 }, (_, i) => ["chr20", `${3800 + 32 * i}`, `${3832 + 32 * i}`, "+"]),
  );
  expect(rows.map(({ scoredBases, draws }) => [scoredBases, draws])).toEqual([
    ...Array(2).fill(["0", "0"]),
    ...Array(4).fill(["32", "4"]),
  ]);
});

test.skipIf(!hasPythonModule("pyarrow"))(
  "other programs read the same table from all three formats",
  () => {
    const code = `
import json, sys, pyarrow as pa, pyarrow.parquet as pq
arrow = pa.ipc.open_file(sys.argv[1]).read_all()
parquet = pq.read_table(sys.argv[2])
plain = lambda t: json.loads(json.dumps(t.to_pydict()).replace("NaN", '"NaN"'))
metadata = {k.decode(): v.decode() for k, v in arrow.schema.metadata.items()}
types = [[str(table.schema.field(name).type) for name in ("start", "end")] for table in (arrow, parquet)]
print(json.dumps({"arrow": plain(arrow), "parquet": plain(parquet), "metadata": metadata, "types": types}))`;
    const read = JSON.parse(runPython(code, [TABLES[1] as string, TABLES[2] as string]));
    const expected = Object.fromEntries(
      COLUMNS.map((name) => [
        name,
        rows.map((row) =>
          /^-?[\d.e-]+$/.test(row[name] ?? "") ? Number(row[name]) : (row[name] ?? ""),
        ),
      ]),
    );
    const blankAsNaN = (columns: Json): Json =>
      JSON.parse(JSON.stringify(columns).replaceAll(/"(NaN|NA|nan|)"/g, '"NaN"'));
    expect(Object.keys(read.arrow)).toEqual(COLUMNS);
    expect(read.arrow).toEqual(blankAsNaN(expected));
    expect(read.parquet).toEqual(read.arrow);
    expect(read.types).toEqual(Array(2).fill(["int64", "int64"]));
    expect(read.metadata).toMatchObject({
      run,
      step: "3",
      checkpointSha256: report.checkpointSha256,
      what: report.what,
      draws: "4",
      seed: "1",
    });
  },
);

test.concurrent("the text report begins with whether the model beats its best baseline", async () => {
  const { code, stdout } = await gdiff(["evaluate", run, "--draws", "4"]);
  const { model, baselines } = report.scores;
  const best = baselines.reduce((low: Json, each: Json) => (each.bits < low.bits ? each : low));
  const { bits, standardError } = best.modelMinusBaseline;
  const by = `${Math.abs(bits).toFixed(4)} ± ${standardError.toFixed(4)}`;
  const verdict =
    bits > 0
      ? `WORSE THAN A BASELINE: the model's ${model.bits.toFixed(4)} bits per base (a bound, ≤) are ${by} above ${best.name} (${best.bits.toFixed(4)})`
      : `the model's ${model.bits.toFixed(4)} bits per base (a bound, ≤) are ${by} below the best baseline, ${best.name} (${best.bits.toFixed(4)})`;
  const lines = stdout.split("\n");
  expect([code, lines[0]]).toEqual([0, verdict]);
  expect(lines[1]).toBe(
    `run ${run}, checkpoint of step 3, EMA weights; the test split of ${fasta}: ` +
      "4 windows of 32 bases on the forward strand, 128 A/C/G/T, 4 draws, seed 1",
  );
  expect(lines[2]).toBe(
    "not scored: 2 windows of N only are skipped; 8 bases at region ends fill no window",
  );
  expect(stdout).toMatch(/^uniform +2\.0000 +0\.0000 {3}/m);
  for (const { from, to, bits, standardError, draws } of report.scores.byMaskRate) {
    const range = `${Math.round(100 * from)}–${Math.round(100 * to)} %`;
    const error = standardError === undefined ? "–" : standardError.toFixed(4);
    const line = new RegExp(`^${range} +${bits.toFixed(4)} +${error} +${draws}$`, "m");
    expect(stdout).toMatch(line);
  }
  expect(stdout).toMatch(/^ {2}soft-masked bases +\d\.\d{4} +\d\.\d{4}$/m);
});

describe("equal seeds give equal numbers", () => {
  test.concurrent.each([["1"], ["3"]])("with --batch-size %s", async (size) => {
    const table = join(mkdtempSync(join(folder, "batch-")), "windows.tsv");
    const args = ["evaluate", run, "--draws", "4", "--batch-size", size, "--table", table];
    expect(await gdiff(args)).toMatchObject({ code: 0 });
    expect(readFileSync(table, "utf8")).toBe(readFileSync(TABLES[0] as string, "utf8"));
  });
});

describe("what is scored", () => {
  test.concurrent("--windows of the split, evenly spread", async () => {
    const { stdout } = await gdiff([
      "evaluate",
      run,
      "--json",
      "--split",
      "train",
      "--windows",
      "5",
    ]);
    const { what, scores } = JSON.parse(stdout);
    expect([what, scores.windows]).toEqual([`the train split of ${fasta}`, 5]);
  });

  test.concurrent("a region of another FASTA, by another name of its contig", async () => {
    const other = join(folder, "other.fa");
    writeFileSync(other, `>20\n${"ACGTTGCAAC".repeat(20)}\n`);
    const args = ["evaluate", run, "--json", "--fasta", other, "--region", "chr20:1-100"];
    const { stdout } = await gdiff(args);
    const { what, scores, uncoveredBases } = JSON.parse(stdout);
    expect([what, scores.windows, uncoveredBases]).toEqual([`chr20:1-100 of ${other}`, 3, 4]);
    expect(scores.softMasked).toBeUndefined();
  });

  test.concurrent("bases that two regions share, once", async () => {
    const scored = async (region: string): Promise<Json> => {
      const { stdout } = await gdiff(["evaluate", run, "--json", "--region", region]);
      return JSON.parse(stdout).scores;
    };
    const [once, twice, overlapping] = await Promise.all([
      scored("chr20:1-64"),
      scored("chr20:1-64,chr20:1-64"),
      scored("chr20:33-64,chr20:1-50"),
    ]);
    expect([once.windows, once.model.bases]).toEqual([2, 64]);
    expect([twice, overlapping]).toEqual([once, once]);
  });

  test.concurrent("a run from any folder, whose FASTA was named from another one", async () => {
    const [home, away] = [mkdtempSync(join(folder, "home-")), mkdtempSync(join(folder, "away-"))];
    writeFileSync(join(home, "a.fa"), readFileSync(fasta));
    writeFileSync(join(home, "a.bed"), "chr20\t0\t3000\ttrain\nchr20\t3000\t3500\ttest\n");
    const made = ["--fasta", "a.fa", "--bed", "a.bed", "--steps", "1", "--out", "run"];
    expect(await pretrain(made, undefined, home)).toMatchObject({ code: 0 });
    const { code, stdout } = await gdiff(
      ["evaluate", join(home, "run"), "--json", "--windows", "2"],
      undefined,
      away,
    );
    expect([code, JSON.parse(stdout).what]).toEqual([0, `the test split of ${join(home, "a.fa")}`]);
    const on = ["pretrain", "--resume", "--steps", "2", "--out", join(home, "run")];
    const resumed = await gdiff(on, undefined, away);
    expect([resumed.code, resumed.stderr]).toEqual([
      0,
      expect.stringContaining("changed since the run began: train.steps was 1, is now 2\n"),
    ]);
    expect(resumed.stderr.match(/changed/g)).toHaveLength(1);
  });

  test.concurrent("into a table whose extension is in capitals", async () => {
    const table = join(folder, "CAPITALS.TSV");
    const args = ["evaluate", run, "--draws", "4", "--table", table];
    expect(await gdiff(args)).toMatchObject({ code: 0 });
    expect(readFileSync(table, "utf8")).toBe(readFileSync(TABLES[0] as string, "utf8"));
  });
});

describe("a signal stops it, with nothing to resume", () => {
  test.concurrent.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGUSR1", 138],
  ] as const)("%s: exit %i, and no table", async (signal, code) => {
    const table = join(mkdtempSync(join(folder, "stopped-")), "windows.tsv");
    const args = ["evaluate", run, "--draws", "1000000", "--table", table];
    const stopped = await gdiff(args, signalAt(/counting the baselines/, signal));
    expect([stopped.code, stopped.stdout, errorLines(stopped)]).toEqual([
      code,
      "",
      [`gdiff: E_STOPPED: stopped by ${signal}; there is nothing to resume`],
    ]);
    expect(existsSync(table)).toBe(false);
  });
});

function checkpointOf(): { sha256: string } {
  const manifest = join(run, "checkpoints/step-3/manifest.json");
  return { sha256: sha256Hex(readFileSync(manifest)) };
}
