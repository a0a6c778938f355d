import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { formatFastaRecord } from "../../src/genome/format-fasta-record.ts";
import {
  MAX_RECORD_BYTES,
  parseFastaRecords,
  readFastaRecords,
} from "../../src/genome/node-read-records.ts";
import { bytesOf, concat, dice, failure, randomLetters, temporaryFile } from "./fixtures.ts";

function parse(text: string, extraLetters?: string): ReturnType<typeof parseFastaRecords> {
  return parseFastaRecords(bytesOf(text), "x.fa", extraLetters);
}

test("reads ids, descriptions and sequences, whatever the lines", async () => {
  const text = "\n>a first  record\r\nACGT\r\nac\r\n\r\nNRy\r\n>b\nT";
  expect(await parse(text)).toEqual([
    { id: "a", description: "first  record", sequence: "ACGTacNNn" },
    { id: "b", description: "", sequence: "T" },
  ]);
});

test.each([
  ["a\\b \\", "a\\b", "\\"],
  ['"a" "b" \\"c\\"', '"a"', '"b" \\"c\\"'],
  ["a\tb\tc", "a", "b\tc"],
  ['{"id":1} \u2028', '{"id":1}', ""],
  ["Кот 🧬 é", "Кот", "🧬 é"],
  ["__proto__ \\u0041 \\n", "__proto__", "\\u0041 \\n"],
  [">b >", ">b", ">"],
])(
  "takes the header %j, which bionode-fasta alone would break or change",
  async (header, id, description) => {
    expect(await parse(`>${header}\nA\n`)).toEqual([{ id, description, sequence: "A" }]);
  },
);

test("takes extra letters where they are allowed", async () => {
  expect((await parse(">prompt\nAC--gt-N\n", "-"))[0]?.sequence).toBe("AC--gt-N");
});

describe("refuses", () => {
  const nucleotide = "expected a nucleotide (A C G T N or another IUPAC code), got";
  test.each([
    ["an empty file", "", "x.fa: expected at least one sequence, but the file has none"],
    [
      "blank lines alone",
      "\n\r\n\n",
      "x.fa: expected at least one sequence, but the file has none",
    ],
    [
      "sequence before a header",
      "ACGT\n>a\nA\n",
      'x.fa line 1, byte 0: expected ">" and a name before the first sequence (is this a FASTA?)',
    ],
    [
      "a byte-order mark",
      "\ufeff>a\nA\n",
      'x.fa line 1, byte 0: expected ">" and a name, got a byte-order mark (save the file as plain text)',
    ],
    [
      "a FASTQ",
      "@r\nA\n+\nI\n",
      'x.fa line 1, byte 0: expected ">" and a name, got "@" (is this a FASTQ?)',
    ],
    ["a header alone", ">a b\n", 'x.fa: expected bases for "a", got the end of the file'],
    [
      "two headers in a row",
      ">a\n>b\nA\n",
      'x.fa line 2, byte 3: expected bases for "a", got another header',
    ],
    [
      "a header without an id",
      ">\nA\n",
      'x.fa line 1, byte 0: expected a name after ">", got nothing',
    ],
    [
      "a control character",
      ">a\u0000\nA\n",
      "x.fa line 1, byte 0: expected text in the header, got control byte 0x00",
    ],
    [
      "a gap",
      ">a\nAC\nG-T\n",
      `x.fa line 3, byte 7: ${nucleotide} "-" (is this an alignment? remove its gaps)`,
    ],
    ["RNA", ">a\nACU\n", `x.fa line 2, byte 5: ${nucleotide} "U" (is this RNA? write T for U)`],
    [
      "a space",
      ">a\nAC GT\n",
      `x.fa line 2, byte 5: ${nucleotide} byte 0x20 (remove the white space)`,
    ],
  ])("%s", async (_, text, message) => {
    expect(await failure(() => parse(text))).toBe(`FastaError: ${message}`);
  });

  test("a header that is not UTF-8", async () => {
    const bytes = concat(bytesOf(">a"), Uint8Array.of(0xff), bytesOf("\nA\n"));
    expect(await failure(() => parseFastaRecords(bytes, "x.fa"))).toBe(
      "FastaError: x.fa line 1, byte 0: expected a header in UTF-8, got other bytes",
    );
  });

  test("a file too long for records", async () => {
    const bytes = new Uint8Array(MAX_RECORD_BYTES + 1);
    expect(await failure(() => parseFastaRecords(bytes, "x.fa"))).toBe(
      "FileError: x.fa: expected at most 64.0 MiB of records, got 64.0 MiB",
    );
  });
});

test("reads a file, plain or gzip", async () => {
  const expected = [{ id: "a", description: "", sequence: "AC-" }];
  expect(await readFastaRecords(temporaryFile("x.fa", ">a\nAC-\n"), "-")).toEqual(expected);
  expect(await readFastaRecords(temporaryFile("x.fa.gz", gzipSync(">a\nAC-\n")), "-")).toEqual(
    expected,
  );
});

test("writes records that it reads again", async () => {
  expect(formatFastaRecord("a seed 1", "ACGTACG", 4)).toBe(">a seed 1\nACGT\nACG\n");
  const roll = dice(4);
  const records = Array.from({ length: 20 }, (_, i) => ({
    id: `r${i}`,
    description: i % 2 === 0 ? "" : `step \\${i} "x"`,
    sequence: randomLetters(1 + roll(300), "ACGTNacgtn-", roll),
  }));
  const text = records
    .map(({ id, description, sequence }) =>
      formatFastaRecord(`${id} ${description}`.trim(), sequence),
    )
    .join("");
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBe(60);
  expect(await parse(text, "-")).toEqual(records);
});

test.each(["", " a", "a\nb", "a\rb", "\ta", "a\u0000"])("writes no header %j", async (header) => {
  expect(await failure(() => formatFastaRecord(header, "A"))).toBe(
    `FastaError: expected a FASTA header of one line that begins with an id, got ${JSON.stringify(header)}`,
  );
});
