import { describe, expect, test } from "vitest";
import { openBgzf } from "../../src/genome/bgzf-source.ts";
import { buildFai } from "../../src/genome/build-fai.ts";
import type { FaiRecord } from "../../src/genome/fai.ts";
import { fastaGenome } from "../../src/genome/fasta-genome.ts";
import { memorySource } from "../../src/genome/memory-source.ts";
import { nodeInflate } from "../../src/genome/node-inflate.ts";
import { bgzfFile } from "./bgzf-fixture.ts";
import { bytesOf, dice, failure, randomLetters, textOf, wrapped } from "./fixtures.ts";
import { EACH_LOOPS } from "./loops.ts";

/** Bases of each contig, by the plainest reading of the text there is. */
function naiveBases(text: string, contig: string): string {
  const record = text.split(">").find((part) => part.startsWith(contig)) ?? "";
  const lines = record.split(/\r?\n/).slice(1).join("");
  return lines.replaceAll(/[RYSWKMBDHV]/g, "N").replaceAll(/[ryswkmbdhv]/g, "n");
}

test.each(["\n", "\r\n"])(
  "reads what the lines hold, whatever the window, with lines that end in %j",
  async (lineEnd) => {
    const roll = dice(21);
    for (const lineBases of [1, 2, 7, 60, 500]) {
      const contigs = ["a", "b", "c"].map((name, i) => {
        const sequence = randomLetters(1 + roll(400), "ACGTNacgtnRYk", roll);
        return `>${name} ${i}${lineEnd}${wrapped(sequence, lineBases, lineEnd)}`;
      });
      const text = contigs.join("").trimEnd();
      const { records } = await buildFai([bytesOf(text)], "x.fa");
      const plain = memorySource("x.fa", bytesOf(text));
      const bgzf = await openBgzf(memorySource("x.fa.gz", bgzfFile(text, 97)), nodeInflate);
      const { readSync: _, ...promised } = plain;
      for (const [i, source] of [plain, bgzf, promised, plain].entries()) {
        const genome = fastaGenome(source, records, EACH_LOOPS[i % 2]);
        expect("readSync" in genome).toBe(source !== promised);
        for (const { name, length } of genome.contigs) {
          const whole = naiveBases(text, name);
          expect(textOf(await genome.read({ contig: name, start: 0, end: length }))).toBe(whole);
          for (let i = 0; i < 40; i++) {
            const start = roll(length + 1);
            const end = start + roll(length + 1 - start);
            expect(textOf(await genome.read({ contig: name, start, end }))).toBe(
              whole.slice(start, end),
            );
          }
          expect(textOf(await genome.read({ contig: name, start: length - 1, end: length }))).toBe(
            whole.at(-1),
          );
        }
        await genome.close();
      }
    }
  },
);

test("reads a contig that is longer than one piece", async () => {
  const sequence = randomLetters(9_000_000, "ACGT", dice(2));
  const text = `>a\n${wrapped(sequence, 70)}`;
  const { records } = await buildFai([bytesOf(text)], "x.fa");
  const genome = fastaGenome(memorySource("x.fa", bytesOf(text)), records);
  const bases = await genome.read({ contig: "a", start: 3, end: 8_999_999 });
  expect(textOf(bases) === sequence.slice(3, 8_999_999)).toBe(true);
  bases.fill(0); // the caller's own
  expect(textOf(await genome.read({ contig: "a", start: 3, end: 9 }))).toBe(sequence.slice(3, 9));
});

describe("refuses", () => {
  const TEXT = ">chr1\nACGT\nACGT\nAC*T\n>chr2\nAAAA\n";
  const CHR1: FaiRecord = { name: "chr1", length: 12, offset: 6, lineBases: 4, lineWidth: 5 };
  const CHR2: FaiRecord = { name: "chr2", length: 4, offset: 27, lineBases: 4, lineWidth: 5 };

  function read(start: number, end: number, contig = "chr1", record = CHR1): Promise<string> {
    const genome = fastaGenome(memorySource("x.fa", bytesOf(TEXT)), [record, CHR2]);
    return failure(() => genome.read({ contig, start, end }));
  }

  test.each([
    ["past the end", 8, 13, "chr1:9-13: end is past chr1 (12 bases)"],
    ["beginning past the end", 12, 13, "chr1:13-13: end is past chr1 (12 bases)"],
    ["longer than the contig", 0, 1024, "chr1:1-1,024: end is past chr1 (12 bases)"],
    [
      "beginning below 0",
      -1,
      4,
      "chr1: expected whole numbers with 0 <= start <= end, got start -1 and end 4",
    ],
    [
      "that ends before it begins",
      4,
      3,
      "chr1: expected whole numbers with 0 <= start <= end, got start 4 and end 3",
    ],
    [
      "between bases",
      0.5,
      3,
      "chr1: expected whole numbers with 0 <= start <= end, got start 0.5 and end 3",
    ],
    [
      "that is no number",
      Number.NaN,
      3,
      "chr1: expected whole numbers with 0 <= start <= end, got start NaN and end 3",
    ],
  ])("an interval %s", async (_, start, end, message) => {
    expect(await read(start, end)).toBe(`RegionError: ${message}`);
  });

  test("an unknown contig, with the nearest names", async () => {
    expect(await read(0, 1, "Chr1")).toBe(
      'RegionError: expected the name of one of 2 contigs, got "Chr1" (nearest: chr1, chr2)',
    );
  });

  test("a letter that is no base, where it is read", async () => {
    expect(await read(0, 12)).toBe(
      'FastaError: x.fa: chr1:11, byte 18: expected a nucleotide (A C G T N or another IUPAC code), got "*" (is this a protein?)',
    );
    expect(await read(11, 12).catch(String)).toMatch(/expected a failure/);
  });

  const remedy = "(the index belongs to another file: delete the .fai and it will be rebuilt)";
  test.each([
    [
      "a line end in a line",
      { ...CHR1, lineBases: 5, lineWidth: 6 },
      `x.fa: chr1:5, byte 10: expected a base by its .fai, got a line end ${remedy}`,
    ],
    [
      "a base where a line ends",
      { ...CHR1, lineBases: 3, lineWidth: 4 },
      `x.fa: chr1:4: expected a line end before it by its .fai, got something else ${remedy}`,
    ],
    [
      "LF where CRLF is expected",
      { ...CHR1, lineBases: 3, lineWidth: 5 },
      `x.fa: chr1:4: expected a line end before it by its .fai, got something else ${remedy}`,
    ],
    [
      "a header",
      { ...CHR1, offset: 0 },
      `x.fa: chr1:1, byte 0: expected a base by its .fai, got a header ${remedy}`,
    ],
  ])("an index by which it finds %s", async (_, record, message) => {
    expect(await read(0, 6, "chr1", record)).toBe(`IndexFileError: ${message}`);
  });
});
