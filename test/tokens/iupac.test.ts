import { expect, it } from "vitest";
import {
  lettersOfSets,
  reverseComplementSets,
  setOfLetter,
  setsOfLetters,
} from "../../src/tokens/iupac.ts";

/** NC-IUB 1984, table 1. */
const CODES = {
  ...{ A: "A", C: "C", G: "G", T: "T", R: "AG", Y: "CT", S: "CG", W: "AT", K: "GT", M: "AC" },
  ...{ B: "CGT", D: "AGT", H: "ACT", V: "ACG", N: "ACGT" },
};

it("reads each code as its bases, in both cases, and writes it back", () => {
  for (const [letter, bases] of Object.entries(CODES)) {
    const set = [..."ACGT"].reduce((sum, base, i) => sum + (bases.includes(base) ? 2 ** i : 0), 0);
    expect(setOfLetter(letter)).toBe(set);
    expect(setOfLetter(letter.toLowerCase())).toBe(set);
    expect(lettersOfSets(Uint8Array.of(set))).toBe(letter);
  }
});

it("knows no other letter", () => {
  for (const letter of ["U", "-", "X", "*", " ", ""]) expect(setOfLetter(letter)).toBeUndefined();
  expect(setsOfLetters("ACUG")).toBeUndefined();
});

it("turns a word round to the other strand", () => {
  const other = (word: string): string =>
    lettersOfSets(reverseComplementSets(setsOfLetters(word) as Uint8Array));
  expect(other("GGTCTC")).toBe("GAGACC");
  expect(other("ACMGRSVTWYHKDBN")).toBe("NVHMDRWABSYCKGT");
  expect(other(other("GCCNNNRYHGGW"))).toBe("GCCNNNRYHGGW");
});
