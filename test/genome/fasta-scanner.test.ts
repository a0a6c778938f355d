import { describe, expect, test } from "vitest";
import {
  FastaScanner,
  MAX_HEADER_BYTES,
  type ScanOptions,
} from "../../src/genome/fasta-scanner.ts";
import { streamFasta } from "../../src/genome/stream-fasta.ts";
import {
  bytesOf,
  concat,
  dice,
  failure,
  pieces,
  randomLetters,
  textOf,
  wrapped,
} from "./fixtures.ts";
import { EACH_LOOPS } from "./loops.ts";

interface Scanned {
  readonly name: string;
  readonly description: string;
  bases: string;
}

/** What the scanner says with each of the loops, which must be one. */
async function scan(parts: Iterable<Uint8Array>, keepsCodes = false): Promise<Scanned[]> {
  const all = [...parts];
  const outcomes = EACH_LOOPS.map((loops) => scanWith(all, { loops, keepsCodes }));
  const [first, ...others] = await Promise.allSettled(outcomes);
  for (const other of others) expect(other).toEqual(first);
  return outcomes[0] ?? [];
}

async function scanWith(parts: Iterable<Uint8Array>, options: ScanOptions): Promise<Scanned[]> {
  const contigs: Scanned[] = [];
  for await (const event of streamFasta(parts, "x.fa", options)) {
    if (event.kind === "contig")
      contigs.push({ name: event.name, description: event.description, bases: "" });
    const last = contigs.at(-1);
    if (event.kind === "bases" && last !== undefined) last.bases += textOf(event.bases);
    if (event.kind === "end") expect(event.record.length).toBe(last?.bases.length);
  }
  return contigs;
}

test("keeps IUPAC codes where a digest needs them", async () => {
  const text = ">a\nACGTRYSWKM\nbdhvnNacgt\n";
  const [kept] = await scan([bytesOf(text)], true);
  expect(kept?.bases).toBe("ACGTRYSWKMbdhvnNacgt");
  const [normal] = await scan([bytesOf(text)]);
  expect(normal?.bases).toBe("ACGTNNNNNNnnnnnNacgt");
});

test("reads random files with a random fault as it does byte by byte", async () => {
  const roll = dice(41);
  for (let round = 0; round < 300; round++) {
    const lineEnd = roll(3) === 0 ? "\r\n" : "\n";
    const lineBases = 1 + roll([3, 70][roll(2)] as number);
    const contigs = Array.from({ length: 1 + roll(4) }, (_, i) => {
      const sequence = randomLetters(1 + roll(500), "ACGTNacgtnRy", roll);
      return `>c${i}${lineEnd}${wrapped(sequence, lineBases, lineEnd)}`;
    });
    const text = bytesOf(contigs.join(lineEnd.repeat(roll(2))));
    if (roll(2) === 0) {
      text[roll(text.length)] = [0x0a, 0x0d, 0x3e, 0x41, 0x2a, 0][roll(6)] as number;
    }
    const byByte = await Promise.allSettled([scan(pieces(text, 1))]);
    for (const length of [text.length, 1 + roll(200)]) {
      expect(await Promise.allSettled([scan(pieces(text, length))])).toEqual(byByte);
    }
  }
});

function scanText(text: string): Promise<Scanned[]> {
  return scan([bytesOf(text)]);
}

test.each(["\n", "\r\n"])(
  "reads contigs whatever the pieces, with lines that end in %j",
  async (lineEnd) => {
    const text = [
      "",
      ">chr1 first > of two",
      "ACGTN",
      "acgtn",
      "RYS",
      "",
      ">chr2",
      ">chr3\tthird",
      "AC",
    ].join(lineEnd);
    const expected = [
      { name: "chr1", description: "first > of two", bases: "ACGTNacgtnNNN" },
      { name: "chr2", description: "", bases: "" },
      { name: "chr3", description: "third", bases: "AC" },
    ];
    for (const end of ["", lineEnd, lineEnd + lineEnd]) {
      for (let length = 1; length <= 7; length++) {
        expect(await scan(pieces(bytesOf(text + end), length))).toEqual(expected);
      }
      expect(await scanText(text + end)).toEqual(expected);
    }
  },
);

test("keeps the case of IUPAC codes and makes them N", async () => {
  expect((await scanText(">a\nRYSWKMBDHVryswkmbdhvN\n"))[0]?.bases).toBe("NNNNNNNNNNnnnnnnnnnnN");
});

test.each([
  ["a\\b", "a\\b", ""],
  ['"quoted" x', '"quoted"', "x"],
  ["name\twith tab", "name", "with tab"],
  [" \tspaced  out ", "spaced", "out"],
  ["Кот émail", "Кот", "émail"],
  ["gi|1|ref:2-3,4", "gi|1|ref:2-3,4", ""],
])("takes the header %j", async (header, name, description) => {
  expect(await scanText(`>${header}\nA\n`)).toEqual([{ name, description, bases: "A" }]);
});

test("takes a header of 1 MiB and refuses one byte more", async () => {
  const header = "x".repeat(MAX_HEADER_BYTES);
  expect((await scan(pieces(bytesOf(`>${header}\nA\n`), 65536)))[0]?.name.length).toBe(
    MAX_HEADER_BYTES,
  );
  expect(await failure(() => scan(pieces(bytesOf(`>x${header}\nA\n`), 65536)))).toBe(
    "FastaError: x.fa line 1, byte 1048578: expected a header of at most 1048576 bytes, got more (are its line ends carriage returns alone?)",
  );
});

describe("refuses", () => {
  const nucleotide = "expected a nucleotide (A C G T N or another IUPAC code), got";
  test.each([
    ["an empty file", "", "x.fa: expected at least one sequence, but the file has none"],
    ["blank lines alone", "\n\r\n", "x.fa: expected at least one sequence, but the file has none"],
    [
      "a header alone",
      ">a",
      'x.fa line 1: expected bases after the last header, "a", got the end of the file (is it cut?)',
    ],
    [
      "a last contig without bases",
      ">a\nA\n>b x\n\n",
      'x.fa line 3: expected bases after the last header, "b", got the end of the file (is it cut?)',
    ],
    [
      "sequence before a header",
      "\nACGT\n>a\nA\n",
      'x.fa line 2, byte 1: expected ">" and a name before the first sequence (is this a FASTA?)',
    ],
    [
      "a FASTQ",
      "@r\nA\n+\nI\n",
      'x.fa line 1, byte 0: expected ">" and a name, got "@" (is this a FASTQ?)',
    ],
    [
      "a comment before the first header",
      "; x\n>a\nA\n",
      'x.fa line 1, byte 0: expected ">" and a name, got ";" (comments are not part of FASTA: remove them)',
    ],
    [
      "a byte-order mark",
      "\ufeff>a\nA\n",
      'x.fa line 1, byte 0: expected ">" and a name, got a byte-order mark (save the file as plain text)',
    ],
    [
      "a comment in a contig",
      ">a\nACGT\n;AC\n",
      `x.fa line 3, byte 8: ${nucleotide} ";" (comments are not part of FASTA: remove them)`,
    ],
    ["RNA", ">a\nACGU\n", `x.fa line 2, byte 6: ${nucleotide} "U" (is this RNA? write T for U)`],
    [
      "soft-masked RNA",
      ">a\nacgu\n",
      `x.fa line 2, byte 6: ${nucleotide} "u" (is this RNA? write T for U)`,
    ],
    ["a protein", ">a\nMKL\n", `x.fa line 2, byte 5: ${nucleotide} "L" (is this a protein?)`],
    ["a stop codon", ">a\nMK*\n", `x.fa line 2, byte 5: ${nucleotide} "*" (is this a protein?)`],
    [
      "a gap",
      ">a\nAC-T\n",
      `x.fa line 2, byte 5: ${nucleotide} "-" (is this an alignment? remove its gaps)`,
    ],
    ["digits", ">a\n1 AC\n", `x.fa line 2, byte 3: ${nucleotide} "1"`],
    [
      "a space",
      ">a\nAC GT\n",
      `x.fa line 2, byte 5: ${nucleotide} byte 0x20 (remove the white space)`,
    ],
    [
      "a line of spaces",
      ">a\nAC\n  \n",
      `x.fa line 3, byte 6: ${nucleotide} byte 0x20 (remove the white space)`,
    ],
    [
      "a header within a line",
      ">a\nAC>b\n",
      `x.fa line 2, byte 5: ${nucleotide} ">" (a header begins a line)`,
    ],
    [
      "a carriage return within a line",
      ">a\nAC\rGT\n",
      `x.fa line 2, byte 5: ${nucleotide} byte 0x0d (a carriage return that ends no line)`,
    ],
    ["another byte", ">a\nAC\u0000\n", `x.fa line 2, byte 5: ${nucleotide} byte 0x00`],
    [
      "carriage returns for line ends",
      ">a\rACGT\r",
      "x.fa line 1, byte 7: expected line ends LF or CRLF, got a carriage return alone (convert it: tr '\\r' '\\n')",
    ],
    [
      "a name given twice",
      ">a\nA\n>a x\nC\n",
      'x.fa line 3, byte 9: expected unique names, got "a" again',
    ],
    [
      "a header without a name",
      "> \nA\n",
      'x.fa line 1, byte 2: expected a name after ">", got nothing',
    ],
    [
      "a control character in a header",
      ">a\u0001\nA\n",
      "x.fa line 1, byte 3: expected text in the header, got control byte 0x01",
    ],
    [
      "a longer line",
      ">a\nAC\nACG\n",
      'x.fa line 3, byte 9: expected 2 bases a line in "a", got 3 (rewrap the file to equal lines, for example with seqtk seq -l 60)',
    ],
    [
      "a short line before the last",
      ">a\nAC\nA\nAC\n",
      'x.fa line 4, byte 10: expected a header or the end of the file after the short or blank line that ends "a", got more bases (rewrap the file to equal lines, for example with seqtk seq -l 60)',
    ],
    [
      "a blank line within a contig",
      ">a\nAC\n\nAC\n",
      'x.fa line 4, byte 9: expected a header or the end of the file after the short or blank line that ends "a", got more bases (rewrap the file to equal lines, for example with seqtk seq -l 60)',
    ],
    [
      "line ends that change",
      ">a\nACGT\nACGT\r\nAC\n",
      'x.fa line 3, byte 13: expected one kind of line end in "a", got LF and CRLF mixed (convert it: dos2unix)',
    ],
    [
      "line ends that change where samtools does not see it",
      ">a\r\nACGT\r\nACGTA\nA\n",
      'x.fa line 3, byte 15: expected 4 bases a line in "a", got 5 (rewrap the file to equal lines, for example with seqtk seq -l 60)',
    ],
    [
      "line ends that change in equally wide lines",
      ">a\nACGT\nACG\r\nA\n",
      'x.fa line 3, byte 12: expected one kind of line end in "a", got LF and CRLF mixed (convert it: dos2unix)',
    ],
  ])("%s", async (_, text, message) => {
    for (const length of [1, 2, 3, 5, 7, 1000]) {
      expect(await failure(() => scan(pieces(bytesOf(text), length)))).toBe(
        `FastaError: ${message}`,
      );
    }
  });

  test("a header that is not UTF-8", async () => {
    const text = concat(bytesOf(">a"), Uint8Array.of(0xe9), bytesOf("\nA\n"));
    expect(await failure(() => scan([text]))).toBe(
      "FastaError: x.fa line 1, byte 3: expected a header in UTF-8, got other bytes",
    );
  });

  test("more contigs than its limit", async () => {
    const sink = { contig: () => {}, bases: () => {}, end: () => {} };
    const scanner = new FastaScanner("x.fa", sink, { maxContigs: 2 });
    scanner.push(bytesOf(">a\nA\n>b\nA\n"));
    expect(await failure(() => scanner.push(bytesOf(">c\nA\n")))).toBe(
      "FastaError: x.fa line 5, byte 12: expected at most 2 contigs, got more",
    );
  });
});
