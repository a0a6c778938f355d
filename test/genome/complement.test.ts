import { expect, test } from "vitest";
import { reverseComplement } from "../../src/genome/complement.ts";
import { bytesOf, dice, failure, randomLetters, textOf } from "./fixtures.ts";

/** The bases each IUPAC code stands for (NC-IUB 1984), from which its complement follows. */
const MEANING: Readonly<Record<string, string>> = {
  A: "A",
  C: "C",
  G: "G",
  T: "T",
  R: "AG",
  Y: "CT",
  S: "CG",
  W: "AT",
  K: "GT",
  M: "AC",
  B: "CGT",
  D: "AGT",
  H: "ACT",
  V: "ACG",
  N: "ACGT",
};
const OPPOSITE: Readonly<Record<string, string>> = { A: "T", C: "G", G: "C", T: "A" };

function complementByMeaning(code: string): string {
  const opposite = [...(MEANING[code] ?? "")]
    .map((base) => OPPOSITE[base])
    .sort()
    .join("");
  return Object.keys(MEANING).find((other) => MEANING[other] === opposite) ?? "";
}

test("exchanges what each IUPAC code stands for, in both cases", () => {
  for (const code of Object.keys(MEANING)) {
    const expected = complementByMeaning(code);
    expect(textOf(reverseComplement(bytesOf(code)))).toBe(expected);
    expect(textOf(reverseComplement(bytesOf(code.toLowerCase())))).toBe(expected.toLowerCase());
  }
});

test("reverses, and is its own inverse", () => {
  expect(textOf(reverseComplement(bytesOf("AACgtN")))).toBe("NacGTT");
  const bases = bytesOf(randomLetters(1000, "ACGTNRYSWKMBDHVacgtnryswkmbdhv", dice(3)));
  expect(reverseComplement(reverseComplement(bases))).toEqual(bases);
});

test("refuses every other byte", async () => {
  const codes = new Set(bytesOf("ACGTNRYSWKMBDHVacgtnryswkmbdhv"));
  for (let byte = 0; byte < 256; byte++) {
    if (codes.has(byte)) continue;
    expect(await failure(() => reverseComplement(Uint8Array.of(byte)))).toMatch(
      /^RangeError: base 0: expected a nucleotide/,
    );
  }
  expect(await failure(() => reverseComplement(bytesOf("ACU")))).toBe(
    'RangeError: base 2: expected a nucleotide (A C G T N or another IUPAC code), got "U" (is this RNA? write T for U)',
  );
});
