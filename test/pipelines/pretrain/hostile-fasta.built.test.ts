/** Files that are not what they seem, through the whole command: one line, its code, and no folder left behind. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { hasProgram } from "../../support/oracles.ts";
import { errorLines, pretrain, testFolder } from "../support/tiny-run.ts";

const folder = testFolder();
const BASES = "ACGTTGCAAC".repeat(20);

/** Runs one step on `text`; returns the exit code and the line of the error, its folder written as DIR. */
async function outcome(
  text: string | Uint8Array,
  name = "a.fa",
  beside: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<[code: number | null, line: string]> {
  const here = mkdtempSync(join(folder, "case-"));
  writeFileSync(join(here, name), text);
  for (const [suffix, content] of Object.entries(beside)) {
    writeFileSync(join(here, `${name}${suffix}`), content);
  }
  const run = join(here, "run");
  const args = ["--fasta", join(here, name), "--train", "1", "--steps", "1", "--out", run];
  const finished = await pretrain(args);
  expect(finished.stdout).toBe("");
  expect(existsSync(run)).toBe(finished.code === 0);
  const lines = errorLines(finished);
  expect(lines.length).toBe(finished.code === 0 ? 0 : 1);
  return [finished.code, (lines[0] ?? "").replaceAll(`${here}/`, "DIR/")];
}

describe("text that is no FASTA of DNA", () => {
  const rows: [string, string, string][] = [
    ["empty file", "", "E_FASTA: DIR/a.fa: expected at least one sequence, but the file is empty"],
    [
      "header only",
      ">1\n",
      'E_FASTA: DIR/a.fa line 1: expected bases after the last header, "1", got the end of the file (is it cut?)',
    ],
    [
      "sequence before the first header",
      `${BASES}\n`,
      'E_FASTA: DIR/a.fa line 1, byte 0: expected ">" and a name before the first sequence (is this a FASTA?)',
    ],
    [
      "duplicate names",
      `>1\n${BASES}\n>1 again\n${BASES}\n`,
      'E_FASTA: DIR/a.fa line 3, byte 212: expected unique names, got "1" again',
    ],
    [
      "a protein",
      ">1\nMKVLAAGIVGLLLAQWERTY\n",
      'E_FASTA: DIR/a.fa line 2, byte 6: expected a nucleotide (A C G T N or another IUPAC code), got "L" (is this a protein?)',
    ],
    [
      "RNA",
      ">1\nACGU\n",
      'E_FASTA: DIR/a.fa line 2, byte 6: expected a nucleotide (A C G T N or another IUPAC code), got "U" (is this RNA? write T for U)',
    ],
    [
      "gaps",
      ">1\nAC-GT\n",
      'E_FASTA: DIR/a.fa line 2, byte 5: expected a nucleotide (A C G T N or another IUPAC code), got "-" (is this an alignment? remove its gaps)',
    ],
    [
      "a comment",
      `;comment\n>1\n${BASES}\n`,
      'E_FASTA: DIR/a.fa line 1, byte 0: expected ">" and a name, got ";" (comments are not part of FASTA: remove them)',
    ],
    [
      "FASTQ",
      "@1\nACGT\n+\nIIII\n",
      'E_FASTA: DIR/a.fa line 1, byte 0: expected ">" and a name, got "@" (is this a FASTQ?)',
    ],
    [
      "old Macintosh line ends",
      `>1\n${BASES}\r${BASES}\r`,
      "E_FASTA: DIR/a.fa line 2, byte 203: expected a nucleotide (A C G T N or another IUPAC code), got byte 0x0d (a carriage return that ends no line)",
    ],
  ];
  test.concurrent.each(rows)("%s", async (_what, text, line) => {
    expect(await outcome(text)).toEqual([4, `gdiff: ${line}`]);
  });

  test.concurrent("a file that is missing", async () => {
    const missing = join(folder, "missing.fa");
    const refused = await pretrain(["--fasta", missing, "--steps", "1", "--dry-run"]);
    expect([refused.code, errorLines(refused)]).toEqual([
      1,
      [`gdiff: E_FILE: ${missing}: no such file (check the path)`],
    ]);
  });

  test.concurrent("all N, and shorter than a window", async () => {
    expect(await outcome(`>1\n${"N".repeat(500)}\n`)).toEqual([
      1,
      "gdiff: E_REGION: expected windows with at most 5 % N (--max-n) in the training regions of DIR/a.fa, " +
        "4,096 windows were looked at and none is: check the regions or raise the limit",
    ]);
    expect(await outcome(">1\nACGT\n")).toEqual([
      1,
      "gdiff: E_REGION: expected a training region of at least 32 bases (--length), the longest has 4: " +
        "give longer regions or a smaller --length",
    ]);
  });
});

describe("what is unusual and fine", () => {
  test.concurrent.each([
    [
      "CRLF, no final newline, lower case, other codes",
      `>1 a\r\n${BASES}\r\n${"acgtRYn".repeat(20)}`,
    ],
    ["a name with quotes and a backslash beside", `>1\n${BASES}\n>a\\b"c'\n${BASES}\n`],
    ["gzip of two members", Buffer.concat([gzipSync(`>1\n${BASES}`), gzipSync(`${BASES}\n`)])],
    ["a windows on the contig's every base", `>1\n${BASES.slice(0, 32)}\n`],
  ])("%s", async (_what, text) => {
    expect(await outcome(text)).toEqual([0, ""]);
  });
});

describe("an index that belongs to another file", () => {
  const text = `>1\n${BASES}\n`;
  const other =
    "but it is not so (the index belongs to another file or an older one: delete it and it will be rebuilt)";
  const rebuilt = "(delete it and it will be rebuilt)";
  test.concurrent.each([
    ["two columns", "1\t200", ` line 1: expected 5 tab-separated fields, got 2 ${rebuilt}`],
    ["LINEBASES of 0", "1\t200\t3\t0\t1", ` line 1: expected line bases above 0, got 0 ${rebuilt}`],
    [
      "a negative offset",
      "1\t200\t-3\t200\t201",
      ` line 1: expected offset in field 3 to be a whole number below 2^53, got "-3" ${rebuilt}`,
    ],
    [
      "another length",
      "1\t300\t3\t200\t201",
      `: expected "1" to end its line at byte 304 of DIR/a.fa, ${other}`,
    ],
    [
      "another name",
      "2\t200\t3\t200\t201",
      `: expected the header of "2" right before byte 3 of DIR/a.fa, ${other}`,
    ],
  ])("%s", async (_what, fai, reason) => {
    const line = `gdiff: E_INDEX: DIR/a.fa.fai${reason}`;
    expect(await outcome(text, "a.fa", { ".fai": `${fai}\n` })).toEqual([4, line]);
  });
});

describe("compression", () => {
  const gzip = gzipSync(`>1\n${BASES}\n`, { level: 0 }); // 227 bytes, whatever the version of zlib
  const damaged = "(the file is damaged: fetch it again)";
  const flipped = (bytes: Uint8Array, at: number): Buffer => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] as number) ^ 1;
    return copy;
  };
  test.concurrent.each([
    [
      "cut in half",
      gzip.subarray(0, gzip.length / 2),
      "byte 113: the gzip stream cannot be inflated: unexpected end of file",
    ],
    [
      "cut by one byte",
      gzip.subarray(0, -1),
      "byte 226: expected a CRC32 and a length, got the end of the file",
    ],
    [
      "a flipped bit of the CRC32",
      flipped(gzip, gzip.length - 8),
      "byte 227: the text fails its CRC32",
    ],
    [
      "a flipped bit of ISIZE",
      flipped(gzip, gzip.length - 4),
      "byte 227: expected 205 bytes of text by its ISIZE, got 204",
    ],
    [
      "garbage behind it",
      Buffer.concat([gzip, Buffer.from("garbage")]),
      "byte 234: expected the end of the file or another gzip member, got something else",
    ],
  ])("gzip: %s", async (_what, bytes, reason) => {
    const line = `gdiff: E_COMPRESSION: DIR/a.fa.gz, ${reason} ${damaged}`;
    expect(await outcome(bytes, "a.fa.gz")).toEqual([4, line]);
  });

  test.skipIf(!hasProgram("bgzip"))(
    "bgzip: whole, without its last block, with a flipped bit",
    async () => {
      const bgzf = execFileSync("bgzip", ["-c"], { input: `>1\n${BASES}\n` });
      expect(await outcome(bgzf, "a.fa.gz")).toEqual([0, ""]);
      expect(await outcome(bgzf.subarray(0, -28), "a.fa.gz")).toEqual([
        4,
        "gdiff: E_COMPRESSION: DIR/a.fa.gz: expected BGZF's end-of-file block in the last 28 bytes, got something else " +
          "(the file is cut or has something appended: fetch it again; if it was made so, recompress it: gunzip, then bgzip)",
      ]);
      expect(await outcome(flipped(bgzf, bgzf.length - 36), "a.fa.gz")).toEqual([
        4,
        expect.stringMatching(
          /^gdiff: E_COMPRESSION: DIR\/a\.fa\.gz, byte 0: expected CRC32 0x[0-9a-f]{8} of the BGZF block, got 0x[0-9a-f]{8} \(the file is damaged: fetch it again\)$/,
        ),
      ]);
    },
  );

  test.concurrent("plain text that is named .gz is read, and said", async () => {
    const here = join(folder, "plain.fa.gz");
    writeFileSync(here, `>1\n${BASES}\n`);
    const args = ["--fasta", here, "--train", "1", "--steps", "1", "--dry-run"];
    const { code, stderr } = await pretrain(args);
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining(`${here} is named as gzip but is plain text: read as plain text\n`),
    ]);
  });
});
