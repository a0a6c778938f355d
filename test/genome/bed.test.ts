import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { parseBed } from "../../src/genome/bed.ts";
import { readBed } from "../../src/genome/node-read-bed.ts";
import { sharedData } from "../support/oracles.ts";
import { failure, temporaryFile } from "./fixtures.ts";

const TEXT = [
  "# a comment",
  "browser position chr7:127471196-127495720",
  'track name="x" description="y"',
  "chr1\t0\t1024\tfold3\t960\t+",
  "",
  "chr2\t5\t5\r",
  "chrX 7  9   train",
  "trackless\t1\t2\ttwo words",
  "chr3\t1\t2\t",
].join("\n");
const INTERVALS = [
  { contig: "chr1", start: 0, end: 1024, name: "fold3" },
  { contig: "chr2", start: 5, end: 5 },
  { contig: "chrX", start: 7, end: 9, name: "train" },
  { contig: "trackless", start: 1, end: 2, name: "two words" },
  { contig: "chr3", start: 1, end: 2 },
];

test("reads intervals and names, and skips what is not an interval", () => {
  expect(parseBed(TEXT, "x.bed")).toEqual(INTERVALS);
  expect(parseBed(`${TEXT}\n`, "x.bed")).toEqual(INTERVALS);
  expect(parseBed("", "x.bed")).toEqual([]);
});

test("reads strands of column 6 where they are asked for", () => {
  const text = "c\t1\t2\ta\t0\t-\nc\t1\t2\ta\t0\t+\nc\t1\t2\t\t0\t.\nc\t1\t2\n";
  const c = { contig: "c", start: 1, end: 2 };
  expect(parseBed(text, "x.bed", { isStranded: true })).toEqual([
    { ...c, name: "a", strand: "-" },
    { ...c, name: "a", strand: "+" },
    c,
    c,
  ]);
  expect(() => parseBed("c\t1\t2\ta\t0\tx\n", "x.bed", { isStranded: true })).toThrow(
    'x.bed line 1: expected a strand in column 6: +, - or ., got "x"',
  );
});

test.each([
  ["chr1\t5\n", "x.bed line 1: expected at least 3 columns (contig, start, end), got 2"],
  ["#\nchr1:5-9\n", "x.bed line 2: expected at least 3 columns (contig, start, end), got 1"],
  ["\t5\t9\n", "x.bed line 1: expected a contig in column 1, got nothing"],
  [
    "chr1\t-5\t9\n",
    'x.bed line 1: expected start in column 2 to be a whole number below 2^53, got "-5"',
  ],
  [
    "chr1\t5\t1e3\n",
    'x.bed line 1: expected end in column 3 to be a whole number below 2^53, got "1e3"',
  ],
  [
    "chr1\t5\t9007199254740992\n",
    'x.bed line 1: expected end in column 3 to be a whole number below 2^53, got "9007199254740992"',
  ],
  [
    "chrom\tstart\tend\n",
    'x.bed line 1: expected start in column 2 to be a whole number below 2^53, got "start"',
  ],
  [
    "chr1\t1,000\t2,000\n",
    'x.bed line 1: expected start in column 2 to be a whole number below 2^53, got "1,000"',
  ],
  ["chr1\t9\t5\n", "x.bed line 1: expected start <= end, got start 9 and end 5"],
  [
    `chr1\t1\t2\t${"x".repeat(2 ** 20)}\n`,
    "x.bed line 1: expected at most 1048576 characters, got 1048585",
  ],
])("refuses %.40j", async (text, message) => {
  expect(await failure(() => parseBed(text, "x.bed"))).toBe(`BedError: ${message}`);
});

test("reads a file, plain or gzip, whatever its name", async () => {
  expect(await readBed(temporaryFile("x.bed", TEXT))).toEqual(INTERVALS);
  expect(await readBed(temporaryFile("x.bed", gzipSync(TEXT)))).toEqual(INTERVALS);
  expect(await readBed(temporaryFile("x.bed.gz", TEXT))).toEqual(INTERVALS);
});

test("refuses a file that is no text", async () => {
  const path = temporaryFile("x.bed", Uint8Array.of(0xff, 0xfe, 0x00));
  expect(await failure(() => readBed(path))).toBe(
    `BedError: ${path}: expected text in UTF-8, got other bytes (is this a BED file?)`,
  );
});

test("reads real training intervals", async ({ skip }) => {
  const path = sharedData("intervals/borzoi_sequences_human.hg38.bed.gz");
  if (path === undefined) return skip("shared data is absent");
  const intervals = await readBed(path);
  expect(intervals).toHaveLength(55_497);
  expect(new Set(intervals.map(({ start, end }) => end - start))).toEqual(new Set([196_608]));
  expect([...new Set(intervals.map(({ name }) => name))].sort()).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7].map((fold) => `fold${fold}`),
  );
});
