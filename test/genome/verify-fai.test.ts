import { expect, test } from "vitest";
import { buildFai } from "../../src/genome/build-fai.ts";
import { type FaiRecord, parseFai } from "../../src/genome/fai.ts";
import { memorySource } from "../../src/genome/memory-source.ts";
import { verifyFai } from "../../src/genome/verify-fai.ts";
import { bytesOf, dice, failure, randomLetters, wrapped } from "./fixtures.ts";

const TEXT = ">a one\nACGT\nACGT\nAC\n\n>b\nAC\n>empty\n>c\tthree\r\nACGT\r\nAC";
const FAI = "a\t10\t7\t4\t5\nb\t2\t24\t2\t3\nc\t6\t44\t4\t6\n";

function verify(records: readonly FaiRecord[], text = TEXT): Promise<void> {
  return verifyFai(memorySource("x.fa", bytesOf(text)), records, "x.fa.fai");
}

test("takes the index that belongs to the text, whatever stands between contigs", async () => {
  const { records } = await buildFai([bytesOf(TEXT)], "x.fa");
  expect(records).toEqual(parseFai(FAI, "x.fai"));
  for (const end of ["", "\r", "\r\n", "\r\n\r\n", "\n"]) await verify(records, TEXT + end);
});

const REMEDY =
  "(the index belongs to another file or an older one: delete it and it will be rebuilt)";
const header = (name: string, byte: number): string =>
  `the header of "${name}" right before byte ${byte}`;
const end = (name: string, byte: number): string => `"${name}" to end its line at byte ${byte}`;

test.each([
  ["another name", FAI.replace("b\t", "B\t"), header("B", 24)],
  ["a name that goes on", FAI.replace("b\t", "bb\t"), header("bb", 24)],
  ["a shorter contig", FAI.replace("a\t10", "a\t9"), end("a", 18)],
  ["a contig shorter by a line", FAI.replace("a\t10", "a\t8"), header("b", 24)],
  ["a longer contig", FAI.replace("a\t10", "a\t11"), end("a", 20)],
  ["an offset inside the contig", FAI.replace("a\t10\t7", "a\t9\t8"), header("a", 8)],
  ["an offset in the next line", FAI.replace("a\t10\t7", "a\t6\t12"), header("a", 12)],
  ["an offset past the file", FAI.replace("\t44\t", "\t4400\t"), header("c", 4400)],
  ["a contig past the file", FAI.replace("c\t6", "c\t600"), end("c", 942)],
  ["a missing first contig", FAI.slice(FAI.indexOf("b\t")), header("b", 24)],
  ["a missing middle contig", FAI.replace("b\t2\t24\t2\t3\n", ""), header("c", 44)],
  [
    "a missing last contig",
    FAI.slice(0, FAI.indexOf("c\t")),
    "nothing after its last contig, at byte 27",
  ],
  ["another order", "b\t2\t24\t2\t3\na\t10\t7\t4\t5\nc\t6\t44\t4\t6\n", header("b", 24)],
])("refuses an index with %s", async (_, fai, expected) => {
  expect(await failure(() => verify(parseFai(fai, "x.fai")))).toBe(
    `IndexFileError: x.fa.fai: expected ${expected} of x.fa, but it is not so ${REMEDY}`,
  );
});

const lines = (name: string, bases: number, width: number): string =>
  `"${name}" in lines of ${bases} bases and ${width} bytes`;

/** Text of one contig "a" in lines of `trueBases`, and a record that claims other lines but the same end. */
function misdescribed(
  bases: number,
  trueBases: number,
  lineEnd: string,
  lineBases: number,
  lineWidth: number,
): { text: string; record: FaiRecord } {
  const sequence = randomLetters(bases, "ACGTN", dice(bases));
  const text = `>a\n${wrapped(sequence, trueBases, lineEnd)}>b\nAC\n`;
  const bytes = text.indexOf(">b") - lineEnd.length - 3;
  const length = bytes - Math.floor((bytes - 1) / lineWidth) * (lineWidth - lineBases);
  return { text, record: { name: "a", length, offset: 3, lineBases, lineWidth } };
}

test.each([
  ["longer lines, as many", 250_000, 100_000, "\n", 110_000, 110_001],
  ["longer lines", 600, 60, "\n", 70, 71],
  ["longer lines, the end of each a line end", 600, 60, "\n", 121, 122],
  ["shorter lines", 600, 60, "\n", 50, 51],
  ["lines of half the length", 600, 60, "\n", 30, 31],
  ["one line", 600, 60, "\n", 609, 610],
  ["CRLF for LF", 605, 60, "\n", 59, 61],
  ["LF for CRLF", 600, 60, "\r\n", 61, 62],
])("refuses a .fai that says %s", async (_, bases, trueBases, lineEnd, lineBases, lineWidth) => {
  const { text, record } = misdescribed(bases, trueBases, lineEnd, lineBases, lineWidth);
  const b = { name: "b", length: 2, offset: text.length - 3, lineBases: 2, lineWidth: 3 };
  expect(await failure(() => verify([record, b], text))).toBe(
    `IndexFileError: x.fa.fai: expected ${lines("a", lineBases, lineWidth)} of x.fa, but it is not so ${REMEDY}`,
  );
});

test("refuses another line end after a contig's only line, but at the end of the file", async () => {
  const text = ">a\nACGT\r\n>b\nAC";
  const a = { name: "a", length: 4, offset: 3, lineBases: 4, lineWidth: 5 };
  const b = { name: "b", length: 2, offset: 12, lineBases: 2, lineWidth: 3 };
  expect(await failure(() => verify([a, b], text))).toBe(
    `IndexFileError: x.fa.fai: expected ${lines("a", 4, 5)} of x.fa, but it is not so ${REMEDY}`,
  );
  for (const end of ["", "\n"]) await verify([{ ...a, lineWidth: 6 }, b], text + end);
});

test("refuses the index of a file to which something was appended", async () => {
  const { records } = await buildFai([bytesOf(TEXT)], "x.fa");
  expect(await failure(() => verify(records, `${TEXT}\n>d\nACGT\n`))).toBe(
    `IndexFileError: x.fa.fai: expected nothing after its last contig, at byte 53 of x.fa, but it is not so ${REMEDY}`,
  );
});
