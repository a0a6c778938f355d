import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { uniforms } from "../support/seeded.ts";
import {
  errorLines,
  gdiff,
  gdiffWith,
  NETWORK,
  pretrain,
  TINY,
  testFolder,
} from "../support/tiny-run.ts";

const folder = testFolder();
const fasta = join(folder, "chr20.fa");

beforeAll(() => {
  const bases = uniforms(20, 5000).map((uniform) => "ACGT"[Math.floor(4 * uniform)]);
  writeFileSync(fasta, `>chr20\n${bases.join("")}\n`);
});

function dryRun(args: readonly string[]): ReturnType<typeof pretrain> {
  return pretrain(["--fasta", fasta, "--dry-run", ...args]);
}

function bedOf(text: string): string {
  const bed = join(mkdtempSync(join(folder, "bed-")), "splits.bed");
  writeFileSync(bed, text);
  return bed;
}

describe("--bed", () => {
  const WHOLE = ["chr20\t0\t4000\ttrain", "chr20\t4000\t4500\tvalid", "chr20\t4500\t5000\ttest"];

  test.concurrent("train, valid and test in column 4 are the splits", async () => {
    const { code, stderr } = await dryRun(["--bed", bedOf(`${WHOLE.join("\n")}\n`)]);
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/warning|no regions given/)]);
  });

  test.concurrent("contigs by another of their names", async () => {
    const text = WHOLE.join("\n").replaceAll("chr20", "20").replace("20", "chr20");
    expect(await dryRun(["--bed", bedOf(text)])).toMatchObject({ code: 0 });
  });

  test.concurrent("bases that two splits share are said", async () => {
    const text = WHOLE.join("\n").replace("\t4000\t4500", "\t3000\t4500");
    const { code, stderr } = await dryRun(["--bed", bedOf(text)]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining("warning: train and valid share 1,000 bases (66.7 % of valid)\n"),
    ]);
  });

  const refused: [string, string, string][] = [
    [
      "another split",
      "chr20\t0\t4000\ttraining\n",
      'expected train, valid or test in column 4, got "training" at chr20:0-4000 (folds are named by --valid-fold and --test-fold)',
    ],
    [
      "no split",
      "chr20\t0\t4000\n",
      "expected train, valid or test in column 4, got no column 4 at chr20:0-4000",
    ],
    [
      "an end past the contig",
      "chr20\t0\t5001\ttrain\n",
      "chr20:0-5001 ends past chr20 (5,000 bases): was it made for another assembly?",
    ],
  ];
  test.concurrent.each(refused)("refuses %s", async (_what, text, reason) => {
    const bed = bedOf(text);
    const finished = await dryRun(["--bed", bed]);
    expect([finished.code, errorLines(finished)]).toEqual([4, [`gdiff: E_BED: ${bed}: ${reason}`]]);
  });

  test.concurrent("refuses a contig that the FASTA does not have", async () => {
    const finished = await dryRun(["--bed", bedOf("chr7\t0\t4000\ttrain\n")]);
    expect([finished.code, errorLines(finished)]).toEqual([
      1,
      ['gdiff: E_REGION: expected the name of one of 1 contig, got "chr7" (nearest: chr20)'],
    ]);
  });

  test.concurrent("refuses regions beside it", async () => {
    const finished = await dryRun(["--bed", "splits.bed", "--valid", "chr20"]);
    expect([finished.code, errorLines(finished)]).toEqual([
      2,
      ["gdiff: E_CONFIG: expected --bed or --valid, got both: a BED file names every split"],
    ]);
  });
});

describe("regions", () => {
  test.concurrent.each([["chr20:1-4,000"], ["20:1-1000"], ["chr20:1-1,000,20:2,001-3,000"]])(
    "%s lies on a FASTA of chr20",
    async (train) => {
      expect(await dryRun(["--train", train])).toMatchObject({ code: 0 });
    },
  );

  test.concurrent("a contig of GRCh38's length goes by GRCh38's other names", async () => {
    const mitochondrion = join(folder, "chrM.fa");
    const bases = uniforms(30, 16_569).map((uniform) => "ACGT"[Math.floor(4 * uniform)]);
    writeFileSync(mitochondrion, `>MT\n${bases.join("")}\n`);
    const train = "NC_012920.1:1-8,000,chrM:8,001-9,000";
    expect(await pretrain(["--fasta", mitochondrion, "--dry-run", "--train", train])).toMatchObject(
      { code: 0 },
    );
  });

  test.concurrent("valid regions that hold no window are refused", async () => {
    const finished = await dryRun(["--train", "chr20:1-4,000", "--valid", "chr20:4,001-4,031"]);
    expect([finished.code, errorLines(finished)]).toEqual([
      1,
      [
        "gdiff: E_REGION: expected a window of 32 bases with A, C, G or T in the valid regions, got none: " +
          "give longer ones, or a smaller --length",
      ],
    ]);
  });

  test.concurrent("where none are named and none is long enough, there is no validation, and it is said", async () => {
    const { code, stderr } = await gdiff([
      ...["pretrain", ...NETWORK, "--fasta", fasta, "--length", "256", "--dry-run"],
    ]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(
        /^no validation: there is no window in the valid split\nbackend .*\nmodel /m,
      ),
    ]);
  });

  test.concurrent("without any, the ends of contigs are held out, and it is said", async () => {
    const { stderr } = await dryRun([]);
    expect(stderr).toContain(
      "no regions given: the last tenth of every contig is held out, half for valid, half for test\n",
    );
  });

  test.concurrent("with --test alone, the rest is trained on, and it is said", async () => {
    const { code, stderr } = await dryRun(["--test", "chr20:4,001-5,000"]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining("training on everything outside --valid and --test\n"),
    ]);
  });

  test.concurrent("overlapping splits are said", async () => {
    const { stderr } = await dryRun(["--train", "20:1-4,000", "--test", "20:3,901-5,000"]);
    expect(stderr).toContain("warning: train and test share 100 bases (9.09 % of test)\n");
  });

  const refused: [string, string][] = [
    ["chr20:0-100", "chr20:0-100: positions begin at 1, got 0"],
    ["chr20:1-5001", "chr20:1-5,001: end is past chr20 (5,000 bases)"],
    ["chr20:6000", "chr20:6000: start is past chr20 (5,000 bases)"],
    ["chr20:300-200", "chr20:300-200: expected a start at or before the end"],
    ["chr7", 'expected the name of one of 1 contig, got "chr7" (nearest: chr20)'],
    [
      "NC_000020.11:1-1,000",
      'expected the name of one of 1 contig, got "NC_000020.11" (nearest: chr20)',
    ],
    [
      "chr20:1-10",
      `expected a training region of at least 32 bases (--length), the longest has 10: give longer regions or a smaller --length`,
    ],
  ];
  test.concurrent.each(refused)("refuses --train %s", async (train, reason) => {
    const finished = await dryRun(["--train", train]);
    const [line] = errorLines(finished);
    expect([finished.code, line?.replace(fasta, "FASTA")]).toEqual([
      1,
      `gdiff: E_REGION: ${reason}`,
    ]);
  });
});

describe("a genome by name", () => {
  const hg38In = (data: string): ReturnType<typeof pretrain> =>
    gdiffWith("GDIFF_DATA", data, ["pretrain", ...TINY, "--genome", "hg38", "--dry-run"]);

  test.concurrent("that is not on this machine: the command that brings it is said", async () => {
    const data = mkdtempSync(join(folder, "data-"));
    const finished = await hg38In(data);
    expect([finished.code, errorLines(finished)]).toEqual([
      1,
      [
        `gdiff: E_FILE: genome hg38 is not on this machine (looked in ${data}): ` +
          `"gdiff data fetch hg38 --yes" brings it (938.1 MiB into ${data}), or give --fasta FILE`,
      ],
    ]);
  });

  test.concurrent("of which no public file is known: its place is said", async () => {
    const data = mkdtempSync(join(folder, "data-"));
    const args = ["pretrain", ...TINY, "--genome", "sacCer3", "--dry-run"];
    const finished = await gdiffWith("GDIFF_DATA", data, args);
    expect([finished.code, errorLines(finished)]).toEqual([
      1,
      [
        `gdiff: E_FILE: genome sacCer3 is not on this machine (looked in ${data}), ` +
          `and no public file of it is known: put it there as ${data}/R64-1-1.fa.gz, or give --fasta FILE`,
      ],
    ]);
  });

  test.concurrent("that nobody knows: the nearest is said", async () => {
    const data = mkdtempSync(join(folder, "data-"));
    const args = ["pretrain", ...TINY, "--genome", "hg83", "--dry-run"];
    const finished = await gdiffWith("GDIFF_DATA", data, args);
    expect([finished.code, errorLines(finished)[0]]).toEqual([
      2,
      expect.stringMatching(
        /^gdiff: E_CONFIG: expected the name of a genome: .*\(hg38\?\), got "hg83"/,
      ),
    ]);
  });

  test.concurrent("that a user's manifest describes", async () => {
    const data = mkdtempSync(join(folder, "data-"));
    mkdirSync(join(data, "manifests"));
    const manifest = {
      schema: 1,
      name: "mine",
      aliases: [],
      about: "one of my own",
      flavours: {},
      splits: { train: ["c1"], valid: ["c2"], test: [] },
      contigs: ["c1", "c2"].map((name) => ({
        name,
        aliases: { other: `x${name}` },
        class: "primary",
        lengthBases: 1000,
        md5: {},
      })),
    };
    writeFileSync(join(data, "manifests", "mine.json"), JSON.stringify(manifest));
    const bases = "ACGTTGCAAC".repeat(100);
    writeFileSync(join(data, "mine.fa"), `>xc1\n${bases}\n>c2\n${bases}\n`);
    const args = ["pretrain", ...TINY, "--genome", "mine", "--dry-run", "--json"];
    const finished = await gdiffWith("GDIFF_DATA", data, args);
    expect([finished.code, errorLines(finished)]).toEqual([0, []]);
  });

  test.concurrent("whose file is another assembly", async () => {
    const data = mkdtempSync(join(folder, "data-"));
    writeFileSync(join(data, "hg38.fa"), `>chr1\n${"ACGTTGCAAC".repeat(10)}\n`);
    const finished = await hg38In(data);
    expect([finished.code, errorLines(finished)]).toEqual([
      1,
      [
        `gdiff: E_REGION: expected ${data}/hg38.fa to be GRCh38, but chr1 has 100 bases, in GRCh38 it has 248,956,422 ` +
          "(give another assembly by --fasta)",
      ],
    ]);
  });
});
