import { describe, expect, it } from "vitest";
import { openData, type RunData } from "../../pipelines/open-data.ts";
import { pretrainConfig } from "../../pipelines/pretrain/options.ts";
import { GdiffError } from "../../src/errors.ts";
import { temporaryFile } from "../genome/fixtures.ts";
import { quietIo } from "../support/quiet-io.ts";
import { uniforms } from "./support/seeded.ts";

const LENGTH = 32;

function dna(seed: number, count: number): string {
  return uniforms(seed, count)
    .map((uniform) => "ACGT"[Math.floor(4 * uniform)])
    .join("");
}

/** Contigs 1 of 1,000 bases and 2 of 500. */
function fasta(): string {
  return temporaryFile("a.fa", `>1\n${dna(1, 1000)}\n>2\n${dna(2, 500)}\n`);
}

type Options = Readonly<Record<string, string | number | boolean>>;

async function open(options: Options): Promise<RunData> {
  const { data } = await pretrainConfig({ data: { fasta: fasta(), length: LENGTH, ...options } });
  const opened = await openData(data, quietIo());
  await opened.genome.close();
  return opened;
}

async function refusal(options: Options): Promise<string> {
  const error: unknown = await open(options).catch((error: unknown) => error);
  if (!(error instanceof GdiffError)) throw new Error("expected a refusal");
  return error.message.replaceAll(/\S*\/(\w+\.\w+)/g, "$1");
}

const bed = (...rows: string[]): string => temporaryFile("rows.bed", `${rows.join("\n")}\n`);
const at = (contig: string, start: number, end: number) => ({ contig, start, end });

describe("folds", () => {
  const rows = Array.from({ length: 8 }, (_, i) => `chr1\t${100 * i}\t${100 * i + 100}\tfold${i}`);

  it("holds borzoi's out, and says so", async () => {
    const { splits, notices } = await open({ bed: bed(...rows) });
    expect(splits).toEqual({
      train: [at("1", 0, 300), at("1", 500, 800)],
      valid: [at("1", 400, 500)],
      test: [at("1", 300, 400)],
    });
    expect(notices).toEqual([
      "folds: fold4 for valid, fold3 for test, the rest of 8 rows for training",
    ]);
  });

  it("holds those out that are named, with blanks between them or without", async () => {
    const { splits, notices } = await open({
      bed: bed(...rows),
      validFold: "fold0, fold1",
      testFold: "fold7",
    });
    expect([splits.valid, splits.test]).toEqual([[at("1", 0, 200)], [at("1", 700, 800)]]);
    expect(notices[0]).toContain("folds: fold0 and fold1 for valid, fold7 for test,");
  });
});

describe("extended rows", () => {
  const rows = ["1\t0\t50\ttrain", "1\t100\t150\ttrain", "1\t980\t990\ttrain", "2\t0\t50\ttest"];

  it("are what training follows, though they overlap; splits count each base once", async () => {
    const { training, splits, notices } = await open({ bed: bed(...rows), extend: 210 });
    // 6 whole windows of each row; the last row is shifted back from the contig's end.
    expect(training).toEqual({
      frame: "fixed",
      intervals: [at("1", 0, 192), at("1", 100, 292), at("1", 790, 982)],
    });
    expect(splits.train).toEqual([at("1", 0, 310), at("1", 790, 1000)]);
    expect(splits.test).toEqual([at("2", 0, 210)]);
    expect(notices[0]).toMatch(
      /^rows of \S+rows\.bed are extended to 210 bases; training windows follow the rows/,
    );
  });

  it("lose the windows that touch what is excluded, not those beside", async () => {
    const { training, splits } = await open({
      bed: bed(...rows),
      extend: 210,
      exclude: temporaryFile("black.bed", "1\t64\t65\nchr1\t131\t133\n"),
    });
    expect(training.intervals).toEqual([
      at("1", 0, 64),
      at("1", 96, 128),
      at("1", 160, 192),
      at("1", 164, 292),
      at("1", 790, 982),
    ]);
    expect(splits.train).toEqual([
      at("1", 0, 64),
      at("1", 65, 131),
      at("1", 133, 310),
      at("1", 790, 1000),
    ]);
  });
});

describe("excluded intervals", () => {
  const regions = { train: "1", test: "2" };

  it("are cut out of every split, and what lies on other contigs is said", async () => {
    const exclude = temporaryFile(
      "black.bed",
      "1\t10\t20\n2\t0\t5\n1\t15\t30\nchrY\t1\t9\nchrY\t2\t3\n",
    );
    const { splits, training, notices } = await open({ ...regions, exclude });
    expect(splits).toEqual({
      train: [at("1", 0, 10), at("1", 30, 1000)],
      valid: [],
      test: [at("2", 5, 500)],
    });
    expect(training).toEqual({ intervals: splits.train, frame: "random" });
    expect(notices.map((notice) => notice.replaceAll(/\S*\/(\w+\.\w+)/g, "$1"))).toEqual([
      "no window touches the 25 bases of black.bed",
      "2 of 5 rows of black.bed exclude nothing: a.fa has no chrY",
    ]);
  });

  it.each([
    ["chrY\t1\t9\n", 'expected the name of one of 2 contigs, got "chrY" (nearest: 1, 2)'],
    ["", "black.bed: expected an interval to exclude, got none (leave --exclude out)"],
    ["1\t7\t7\n", "black.bed: expected an interval to exclude, got none (leave --exclude out)"],
    [
      "1\t0\t1001\n",
      "black.bed: 1:0-1001 ends past 1 (1,000 bases): was it made for another assembly?",
    ],
  ])("refuses %j", async (text, reason) => {
    expect(await refusal({ ...regions, exclude: temporaryFile("black.bed", text) })).toBe(reason);
  });
});

describe("strictSplit", () => {
  it("refuses splits that share a base, naming where, and takes those that do not", async () => {
    const train = "1:1-600";
    expect(await refusal({ train, test: "1:501-700", strictSplit: true })).toBe(
      "expected splits without a base in common (--strict-split), but train and test share 100 bases (50 % of test): " +
        "1:501-600 (cut the regions, or leave the flag out)",
    );
    const { notices } = await open({ train, test: "1:501-700" });
    expect(notices).toEqual(["warning: train and test share 100 bases (50 % of test)"]);
    expect((await open({ train, test: "1:601-700", strictSplit: true })).notices).toEqual([]);
  });

  it("refuses what extension makes overlap", async () => {
    const rows = bed("1\t0\t100\ttrain", "1\t100\t200\ttest");
    expect((await open({ bed: rows, strictSplit: true })).notices).toEqual([]);
    expect(await refusal({ bed: rows, strictSplit: true, extend: 150 })).toContain(
      "train and test share 50 bases (33.3 % of test): 1:101-150",
    );
  });
});
