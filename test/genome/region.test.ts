import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { RegionError } from "../../src/errors.ts";
import { formatRegion, parseRegion, parseRegionList } from "../../src/genome/region.ts";
import { hasProgram } from "../support/oracles.ts";
import { dice, failure, randomLetters, temporaryFile, wrapped } from "./fixtures.ts";

const CONTIGS = [
  { name: "chr1", length: 248_956_422 },
  { name: "chr20", length: 64_444_167 },
  { name: "chr21", length: 46_709_983 },
  { name: "HLA-A*01:01:01:01", length: 3503 },
  { name: "HLA:5", length: 100 },
  { name: "HLA", length: 100 },
  { name: "a,b", length: 10 },
  { name: "100", length: 50 },
];

test.each([
  ["chr1", "chr1", 0, 248_956_422],
  ["1", "chr1", 0, 248_956_422],
  ["chr1:10,001-20,000", "chr1", 10_000, 20_000],
  ["chr1:10001-20000", "chr1", 10_000, 20_000],
  ["chr1:1-1", "chr1", 0, 1],
  ["chr21:46,709,983", "chr21", 46_709_982, 46_709_983],
  ["chr21:46,709,983-46,709,983", "chr21", 46_709_982, 46_709_983],
  ["HLA-A*01:01:01:01", "HLA-A*01:01:01:01", 0, 3503],
  ["HLA-A*01:01:01:01:7-9", "HLA-A*01:01:01:01", 6, 9],
  ["{HLA:5}", "HLA:5", 0, 100],
  ["{HLA}:5", "HLA", 4, 100],
  ["{HLA:5}:7-9", "HLA:5", 6, 9],
  ["HLA:6", "HLA", 5, 100],
  ["100:7-50", "100", 6, 50],
])("%s is [%s, %d, %d)", (text, contig, start, end) => {
  expect(parseRegion(text, CONTIGS)).toEqual({ contig, start, end });
});

test.each([
  [
    "chr21:46,709,983-46,709,984",
    "chr21:46,709,983-46,709,984: end is past chr21 (46,709,983 bases)",
  ],
  ["chr21:46,709,984", "chr21:46,709,984: start is past chr21 (46,709,983 bases)"],
  [
    "chr21:46,709,984-46,709,999",
    "chr21:46,709,984-46,709,999: start is past chr21 (46,709,983 bases)",
  ],
  ["chr1:0-10", "chr1:0-10: positions begin at 1, got 0"],
  ["chr1:20-10", "chr1:20-10: expected a start at or before the end"],
  ["chr1:9999999999999999999-10", "chr1:9999999999999999999-10: expected a position below 2^53"],
  [
    "HLA:5",
    "expected one meaning of HLA:5, but it is a contig and a part of HLA (write {HLA:5} or {HLA}:5)",
  ],
  ["", "expected a region such as chr1:10,001-20,000, got no contig name"],
  [":5-9", "expected a region such as chr1:10,001-20,000, got no contig name"],
  ["{}", "expected a region such as chr1:10,001-20,000, got no contig name"],
  ["chr1:-5", 'expected the name of one of 8 contigs, got "chr1:-5" (nearest: chr1, chr20, chr21)'],
  ["chr1:5-", 'expected the name of one of 8 contigs, got "chr1:5-" (nearest: chr1, chr20, chr21)'],
  [
    "chr1:1,00-2",
    'expected the name of one of 8 contigs, got "chr1:1,00-2" (nearest: chr1, chr20, chr21)',
  ],
  [
    "chr1:1e3-2e3",
    'expected the name of one of 8 contigs, got "chr1:1e3-2e3" (nearest: chr1, chr20, chr21)',
  ],
])("refuses %j", async (text, message) => {
  expect(await failure(() => parseRegion(text, CONTIGS))).toBe(`RegionError: ${message}`);
});

test.each([
  ["chr20", ["chr20:1-64,444,167"]],
  ["chr20:1-7,000,000,chr21", ["chr20:1-7,000,000", "chr21:1-46,709,983"]],
  ["chr20:10,001-20,000,chr21:5-9,1:7-8", ["chr20:10,001-20,000", "chr21:5-9", "chr1:7-8"]],
  [" chr20:1-7 , chr21:5-9 ", ["chr20:1-7", "chr21:5-9"]],
  ["chr20:1-7,100", ["chr20:1-7,100"]],
  ["chr20:1-7,{100}", ["chr20:1-7", "100:1-50"]],
  ["chr20:1-7,100:1-5", ["chr20:1-7", "100:1-5"]],
  ["100,chr20:5-7", ["100:1-50", "chr20:5-7"]],
  ["chr20,100", ["chr20:1-64,444,167", "100:1-50"]],
  ["{a,b}:2-3,{a,b}", ["a,b:2-3", "a,b:1-10"]],
  [
    "HLA-A*01:01:01:01,HLA-A*01:01:01:01:7-9",
    ["HLA-A*01:01:01:01:1-3,503", "HLA-A*01:01:01:01:7-9"],
  ],
])("%j lists %j", (text, regions) => {
  expect(parseRegionList(text, CONTIGS).map(formatRegion)).toEqual(regions);
});

test.each(["", " ", ",", "chr20,", ",chr20", "chr20,,chr21", "chr20,{", "{chr20"])(
  "refuses the list %j",
  async (text) => {
    expect(await failure(() => parseRegionList(text, CONTIGS))).toBe(
      `RegionError: expected regions such as chr20:1-7,000,000,chr21, got ${JSON.stringify(text)}`,
    );
  },
);

test("refuses a list that belongs into a file", async () => {
  expect(await failure(() => parseRegionList("x".repeat(100_001), CONTIGS))).toBe(
    "RegionError: expected at most 100,000 characters of regions, got 100,001 (put them in a BED file)",
  );
});

test("takes a contig by an alias", () => {
  expect(parseRegionList("NC_000021.9:5-9", CONTIGS, [["chr21", "NC_000021.9"]])).toEqual([
    { contig: "chr21", start: 4, end: 9 },
  ]);
});

test("writes what it reads", () => {
  const roll = dice(8);
  for (let i = 0; i < 500; i++) {
    const { name, length } = CONTIGS[roll(4)] as { name: string; length: number };
    const start = roll(length);
    const interval = { contig: name, start, end: start + 1 + roll(length - start) };
    expect(parseRegion(formatRegion(interval), CONTIGS)).toEqual(interval);
    expect(parseRegionList(`${formatRegion(interval)},chr20`, CONTIGS)[0]).toEqual(interval);
  }
});

test.skipIf(!hasProgram("samtools"))("means the same bases as samtools", () => {
  const sequences = {
    chr1: randomLetters(3000, "ACGT", dice(1)),
    "HLA:5": randomLetters(100, "ACGT", dice(2)),
  };
  const contigs = Object.entries(sequences).map(([name, bases]) => ({
    name,
    length: bases.length,
  }));
  const path = temporaryFile(
    "x.fa",
    Object.entries(sequences)
      .map(([name, bases]) => `>${name}\n${wrapped(bases, 60)}`)
      .join(""),
  );
  for (const text of [
    "chr1",
    "chr1:5-9",
    "chr1:1,001-2,000",
    "chr1:2,990",
    "HLA:5",
    "HLA:5:7-9",
    "{HLA:5}:7",
  ]) {
    const { stdout } = spawnSync("samtools", ["faidx", path, text], { encoding: "utf8" });
    const { contig, start, end } = parseRegion(text, contigs);
    const bases = sequences[contig as keyof typeof sequences].slice(start, end);
    expect(stdout.split("\n").slice(1).join(""), text).toBe(bases);
  }
});

test("answers the longest lists, whatever they hold", () => {
  const long = 99_000;
  for (const text of [
    `a${" ".repeat(long)}x`,
    `a:${"1,111".repeat(long / 5)}x`,
    `a${":1".repeat(long / 2)}x`,
    `a:${"1".repeat(long)}x`,
    "{".repeat(long),
    `chr20${" ,chr20".repeat(long / 7)}`,
  ]) {
    let answer: unknown;
    try {
      answer = parseRegionList(text, CONTIGS);
    } catch (error) {
      answer = error;
    }
    expect(Array.isArray(answer) || answer instanceof RegionError).toBe(true);
  }
});
