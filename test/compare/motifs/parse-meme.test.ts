import { describe, expect, test } from "vitest";
import { parseMeme } from "../../../src/compare/motifs/parse-meme.ts";
import { MotifError } from "../../../src/errors.ts";

/** As the MEME suite's documentation lays its minimal format out. */
const TWO = `MEME version 4

ALPHABET= ACGT

strands: + -

Background letter frequencies (from uniform background):
A 0.30000 C 0.20000 G 0.20000 T 0.30000

MOTIF MA0001.1 first
letter-probability matrix: alength= 4 w= 3 nsites= 17 E= 4.1e-009

 0.000000  0.176471  0.000000  0.823529
 0.000000\t0.058824  0.647059  0.294118
 1 0 0 0
URL http://example.org/MA0001.1

MOTIF second

log-odds matrix: alength= 4 w= 2 E= 0
 -3 1 2 0
 -3 1 2 0

letter-probability matrix:
0.25 0.25 0.25 0.25
0.1 0.2 0.3 0.4
`;

describe("a file of two motifs", () => {
  const { motifs, background } = parseMeme(TWO, "a.meme");

  test("has their names, sites and probabilities", () => {
    expect(motifs.map(({ name, label, sites }) => [name, label, sites])).toEqual([
      ["MA0001.1", "first", 17],
      ["second", undefined, 20],
    ]);
    expect(motifs[0]?.probabilities).toHaveLength(12);
    expect(motifs[0]?.probabilities[3]).toBeCloseTo(0.823529, 12);
    expect([...(motifs[0]?.probabilities.slice(8) ?? [])]).toEqual([1, 0, 0, 0]);
    expect(motifs[1]?.probabilities).toHaveLength(8);
    expect([...background]).toEqual([0.3, 0.2, 0.2, 0.3]);
  });

  test("reads the same with CRLF, and without the empty lines", () => {
    expect(parseMeme(TWO.replaceAll("\n", "\r\n"), "a.meme")).toEqual({ motifs, background });
    expect(parseMeme(TWO.replaceAll(/\n+/g, "\n"), "a.meme")).toEqual({ motifs, background });
  });

  test("without a background, it is uniform", () => {
    const plain = TWO.replace(/Background[^\n]*\n[^\n]*\n/, "");
    expect([...parseMeme(plain, "a.meme").background]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});

const HEAD = "MEME version 4\n";
const MATRIX = "letter-probability matrix: alength= 4 w= 2\n1 0 0 0\n0 1 0 0\n";

describe("refusals name file and line, what was expected and what came", () => {
  test.each([
    ["", "a.meme: expected motifs in MEME's format, but the file is empty"],
    ["\n\n", "a.meme: expected motifs in MEME's format, but the file is empty"],
    [
      ">MA0001 ACGT\n",
      'a.meme line 1: expected "MEME version 4" before all else, got ">MA0001 ACGT" (is this a motif file in MEME\'s format?)',
    ],
    [HEAD, "a.meme: expected a line MOTIF, got none"],
    [
      `${HEAD}ALPHABET= ACDEFGHIKLMNPQRSTVWY\n`,
      'a.meme line 2: expected "ALPHABET= ACGT", got "ALPHABET= ACDEFGHIKLMNPQRSTVWY" (motifs of RNA and proteins are not taken)',
    ],
    [
      `${HEAD}Background letter frequencies\nA 0.5 T 0.5\n`,
      'a.meme line 3: expected the background as "A 0.25 C 0.25 G 0.25 T 0.25", got "A 0.5 T 0.5"',
    ],
    [
      `${HEAD}Background letter frequencies\nA 0.5 C 0 G 0 T 0.5\n`,
      "a.meme line 3: expected no base of the background to be impossible, got 0",
    ],
    [`${HEAD}MOTIF\n`, "a.meme line 2: expected a name after MOTIF, got none"],
    [`${HEAD}${MATRIX}`, "a.meme line 2: expected a line MOTIF before a matrix, got none"],
    [
      `${HEAD}MOTIF a\nMOTIF b\n${MATRIX}`,
      "a.meme line 2: expected a letter-probability matrix of motif a, got none",
    ],
    [
      `${HEAD}MOTIF a\n${MATRIX}MOTIF a\n${MATRIX}`,
      "a.meme line 6: expected names of motifs that are unique, got a again",
    ],
    [
      `${HEAD}MOTIF a\n${MATRIX}\n${MATRIX}`,
      "a.meme line 7: expected one matrix of motif a, got two",
    ],
    [
      `${HEAD}MOTIF a\n${MATRIX.slice(0, -8)}`,
      "a.meme line 2: expected 2 rows of motif a, got 1 (is the file cut?)",
    ],
    [
      `${HEAD}MOTIF a\n${MATRIX}1 0 0 0\n`,
      "a.meme line 6: expected 2 rows of motif a, as its w= says, got more",
    ],
    [
      `${HEAD}MOTIF a\nletter-probability matrix: w= 2\n1 0 0\n`,
      "a.meme line 4: expected 4 probabilities, of A, C, G and T, got 3",
    ],
    [
      `${HEAD}MOTIF a\nletter-probability matrix:\n12 0 3 5\n`,
      'a.meme line 4: expected probabilities between 0 and 1 in a row of motif a, got "12"',
    ],
    [
      `${HEAD}MOTIF a\nletter-probability matrix:\n0.5 0.5 0.5 0.5\n`,
      "a.meme line 4: expected a row of motif a to sum to 1, got 2 (are these counts or log-odds?)",
    ],
    [
      `${HEAD}MOTIF a\nletter-probability matrix:\n0.5 nan 0.5 0\n`,
      'a.meme line 4: expected probabilities between 0 and 1 in a row of motif a, got "nan"',
    ],
    [
      `${HEAD}MOTIF a\nletter-probability matrix: alength= 20\n`,
      'a.meme line 3: expected alength= 4, got "20"',
    ],
    [
      `${HEAD}MOTIF a\nletter-probability matrix: w= 0\n`,
      'a.meme line 3: expected w= to be 1 to 200 columns, got "0"',
    ],
    [
      `${HEAD}MOTIF a\nletter-probability matrix: w= many\n`,
      'a.meme line 3: expected w= to be 1 to 200 columns, got "many"',
    ],
    [
      `${HEAD}MOTIF a\nletter-probability matrix: nsites= 0\n`,
      'a.meme line 3: expected nsites= to be a positive number, got "0"',
    ],
    [
      `${HEAD}MOTIF a\nletter-probability matrix:\n${"1 0 0 0\n".repeat(201)}`,
      "a.meme line 204: expected at most 200 columns, got more",
    ],
    [
      `${HEAD}${"x".repeat(10_001)}\n`,
      "a.meme line 2: expected at most 10000 characters, got 10001",
    ],
  ])("%j", (text, message) => {
    expect(() => parseMeme(text, "a.meme")).toThrow(new MotifError(message));
  });

  test("more motifs than are taken", () => {
    const many = Array.from({ length: 10_001 }, (_, i) => `MOTIF m${i}\n${MATRIX}`).join("");
    expect(() => parseMeme(HEAD + many, "a.meme")).toThrow(
      new MotifError("a.meme line 40002: expected at most 10000 motifs, got more"),
    );
  });
});

test("a file cut anywhere is refused or has whole motifs only", () => {
  for (let end = 0; end < TWO.length; end++) {
    let found: ReturnType<typeof parseMeme>;
    try {
      found = parseMeme(TWO.slice(0, end), "a.meme");
    } catch (error) {
      expect(error).toBeInstanceOf(MotifError);
      continue;
    }
    for (const { probabilities, name } of found.motifs) {
      if (name === "MA0001.1") expect(probabilities).toHaveLength(12);
      for (let at = 0; at < probabilities.length; at += 4) {
        expect(probabilities.slice(at, at + 4).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      }
    }
  }
});
