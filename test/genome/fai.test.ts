import { expect, test } from "vitest";
import { byteOfBase, endByte, formatFai, parseFai } from "../../src/genome/fai.ts";
import { failure } from "./fixtures.ts";

test("reads and writes the five columns", () => {
  const text = "chr1\t130\t6\t60\t61\nchr2\t5\t145\t5\t7\n";
  const records = parseFai(text, "x.fai");
  expect(records).toEqual([
    { name: "chr1", length: 130, offset: 6, lineBases: 60, lineWidth: 61 },
    { name: "chr2", length: 5, offset: 145, lineBases: 5, lineWidth: 7 },
  ]);
  expect(formatFai(records)).toBe(text);
  expect(parseFai(text.trimEnd(), "x.fai")).toEqual(records);
});

test("takes a contig without bases, as samtools may list one", () => {
  expect(parseFai("a\t0\t3\t0\t2\n", "x.fai")[0]?.length).toBe(0);
});

const REMEDY = "(delete it and it will be rebuilt)";

test.each([
  ["", "x.fai: expected at least one contig, but it is empty"],
  ["\n", "x.fai line 1: expected 5 tab-separated fields, got 1"],
  ["a\t1\t2\t3\n", "x.fai line 1: expected 5 tab-separated fields, got 4"],
  [
    "a\t4\t2\t4\t5\t9\n",
    "x.fai line 1: expected 5 tab-separated fields, got 6 (is this the index of a FASTQ?)",
  ],
  [
    ">a\nACGT\n",
    "x.fai line 1: expected 5 tab-separated fields, got a FASTA header (is this the FASTA itself?)",
  ],
  ["\t1\t2\t3\t4\n", "x.fai line 1: expected a contig's name in field 1, got nothing"],
  [
    "a\t\t2\t3\t4\n",
    'x.fai line 1: expected length in field 2 to be a whole number below 2^53, got ""',
  ],
  [
    "a\t-1\t2\t3\t4\n",
    'x.fai line 1: expected length in field 2 to be a whole number below 2^53, got "-1"',
  ],
  [
    "a\t1\tNaN\t3\t4\n",
    'x.fai line 1: expected offset in field 3 to be a whole number below 2^53, got "NaN"',
  ],
  [
    "a\t1\t9007199254740992\t3\t4\n",
    'x.fai line 1: expected offset in field 3 to be a whole number below 2^53, got "9007199254740992"',
  ],
  [
    "a\t1\t99999999999999999999\t3\t4\n",
    'x.fai line 1: expected offset in field 3 to be a whole number below 2^53, got "99999999999999999999"',
  ],
  [
    "a\t1\t2\t6e1\t61\n",
    'x.fai line 1: expected line bases in field 4 to be a whole number below 2^53, got "6e1"',
  ],
  [
    "a\t1\t2\t60\t61\r\n",
    'x.fai line 1: expected line width in field 5 to be a whole number below 2^53, got "61\\r"',
  ],
  ["a\t1\t2\t0\t1\n", "x.fai line 1: expected line bases above 0, got 0"],
  [
    "a\t1\t2\t60\t59\n",
    "x.fai line 1: expected a line width of at least the line bases 60, got 59",
  ],
  [
    "a\t100\t2\t60\t63\n",
    "x.fai line 1: expected a line width 1 or 2 above the line bases 60, got 63",
  ],
  [
    "a\t100\t2\t60\t60\n",
    "x.fai line 1: expected a line width 1 or 2 above the line bases 60, got 60",
  ],
  ["a\t9007199254740991\t2\t60\t61\n", "x.fai line 1: expected the contig to end below byte 2^53"],
  ["a\t1\t2\t60\t61\na\t1\t9\t60\t61\n", 'x.fai line 2: contig "a" is listed twice'],
])("refuses %j", async (text, message) => {
  expect(await failure(() => parseFai(text, "x.fai"))).toBe(`IndexFileError: ${message} ${REMEDY}`);
});

test("finds the byte of every base by counting through the text", () => {
  const text = ">a x\r\nACGTA\r\nCGTAC\r\nGT\r\n";
  const record = { name: "a", length: 12, offset: 6, lineBases: 5, lineWidth: 7 };
  const bases = [...text.slice(6)].flatMap((letter, i) => (/[ACGT]/.test(letter) ? [i + 6] : []));
  expect(bases).toHaveLength(12);
  for (const [position, byte] of bases.entries()) expect(byteOfBase(record, position)).toBe(byte);
  expect(endByte(record)).toBe(text.length - 2);
  expect(endByte({ name: "b", length: 0, offset: 9, lineBases: 0, lineWidth: 0 })).toBe(9);
});
