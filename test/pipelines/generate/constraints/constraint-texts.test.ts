import { describe, expect, test } from "vitest";
import {
  parseFrame,
  parseGcWindow,
  parseInsert,
  parseMatrix,
  parseMatrixPlace,
  parsePotential,
  parseShares,
  parseSite,
} from "../../../../pipelines/generate/constraints/constraint-texts.ts";

const sets = (...values: number[]): Uint8Array => Uint8Array.from(values);

test("sites are enzymes, in any case, or IUPAC letters", () => {
  expect(parseSite("ecori")).toEqual({ name: "EcoRI (GAATTC)", sets: sets(4, 1, 1, 8, 8, 2) });
  expect(parseSite("gAn")).toEqual({ name: "GAN", sets: sets(4, 1, 15) });
  for (const text of ["", "EcoXI", "GA-C", "GAUC", "A".repeat(1001)]) {
    expect(parseSite(text)).toBeUndefined();
  }
});

test("shares are two numbers from 0 to 1 in order", () => {
  expect(parseShares("0.4-0.6")).toEqual({ least: 0.4, most: 0.6 });
  expect(parseShares(".5-1")).toEqual({ least: 0.5, most: 1 });
  expect(parseShares("0-0")).toEqual({ least: 0, most: 0 });
  for (const text of ["0.6-0.4", "0.4", "40-60", "0.4-1.1", "-0.1-0.5", "0.4-", "a-b"]) {
    expect(parseShares(text)).toBeUndefined();
  }
});

test("windows have the shares of all or their own", () => {
  expect(parseGcWindow("50")).toEqual({ window: 50 });
  expect(parseGcWindow("50:0.3-0.7")).toEqual({ window: 50, shares: { least: 0.3, most: 0.7 } });
  for (const text of ["0", "-5", "5.5", "50:", "50:0.7-0.3", "x"]) {
    expect(parseGcWindow(text)).toBeUndefined();
  }
});

test("motifs stand at a position from 1, or near it", () => {
  expect(parseInsert("taw@1")).toEqual({
    ...{ letters: "TAW", sets: sets(8, 1, 9), start: 0, distance: 0 },
  });
  expect(parseInsert("A@70~5")).toMatchObject({ start: 69, distance: 5 });
  for (const text of ["A", "A@0", "@5", "A@5~0", "A@5~", "X@5", "A@B"]) {
    expect(parseInsert(text)).toBeUndefined();
  }
});

test("frames are those of two strands, of all or of a region from 1, ends included", () => {
  expect(parseFrame("2")).toEqual({ frame: 2 });
  expect(parseFrame("-3")).toEqual({ frame: -3 });
  expect(parseFrame("10-99:-1")).toEqual({ region: { start: 9, end: 99 }, frame: -1 });
  expect(parseFrame("7-7:1")).toEqual({ region: { start: 6, end: 7 }, frame: 1 });
  for (const text of ["0", "4", "9-5:1", "0-5:1", "1-9", "1-9:", "10-99:4"]) {
    expect(parseFrame(text)).toBeUndefined();
  }
});

describe("matrices", () => {
  test("have a file, and a name where it holds several", () => {
    expect(parseMatrix("a/b.meme")).toEqual({ file: "a/b.meme" });
    expect(parseMatrix("a.meme:TBP")).toEqual({ file: "a.meme", name: "TBP" });
    expect(parseMatrixPlace("a.meme:MA0108.2@70")).toEqual({
      matrix: { file: "a.meme", name: "MA0108.2" },
      start: 69,
    });
    expect(parseMatrixPlace("a@b.meme@7")).toEqual({ matrix: { file: "a@b.meme" }, start: 6 });
    for (const text of ["a.meme", "a.meme@0", "@7", "a.meme@x"]) {
      expect(parseMatrixPlace(text)).toBeUndefined();
    }
  });

  test("and k-mers are potentials", () => {
    expect(parsePotential("kmers:s.tsv")).toEqual({ kind: "kmers", file: "s.tsv" });
    expect(parsePotential("pwm:m.meme:TBP")).toEqual({
      kind: "pwm",
      matrix: { file: "m.meme", name: "TBP" },
    });
    for (const text of ["s.tsv", "kmers:", "pwm:", "kmer:s.tsv"]) {
      expect(parsePotential(text)).toBeUndefined();
    }
  });
});
