import { expect, test } from "vitest";
import { resolveContig } from "../../src/genome/contig-alias.ts";
import { failure } from "./fixtures.ts";

const contigs = (...names: readonly string[]): { name: string; length: number }[] =>
  names.map((name) => ({ name, length: 1 }));
const ALIASES = [
  ["chr1", "1", "NC_000001.11", "CM000663.2"],
  ["chrM", "MT", "NC_012920.1"],
];

test.each([
  [["chr1", "chr2"], "chr1", "chr1"],
  [["chr1", "chr2"], "1", "chr1"],
  [["1", "2"], "chr1", "1"],
  [["chr1", "chrM"], "MT", "chrM"],
  [["1", "MT"], "chrM", "MT"],
  [["1", "MT"], "M", "MT"],
  [["1", "chr1"], "1", "1"],
])("in %j, %s means %s by its prefix", (names, asked, expected) => {
  expect(resolveContig(contigs(...names), asked).name).toBe(expected);
});

test.each([
  [["NC_000001.11", "NC_012920.1"], "chr1", "NC_000001.11"],
  [["NC_000001.11", "NC_012920.1"], "chrM", "NC_012920.1"],
  [["chr1"], "CM000663.2", "chr1"],
  [["chr1", "chrX"], "X", "chrX"],
])("in %j, %s means %s by the table", (names, asked, expected) => {
  expect(resolveContig(contigs(...names), asked, ALIASES).name).toBe(expected);
});

test("refuses a name that may mean two contigs", async () => {
  expect(await failure(() => resolveContig(contigs("M", "chrM"), "MT"))).toBe(
    'RegionError: expected "MT" to mean one contig, but it may mean M or chrM (write the one you mean)',
  );
  expect(await failure(() => resolveContig(contigs("chr1", "1"), "NC_000001.11", ALIASES))).toBe(
    'RegionError: expected "NC_000001.11" to mean one contig, but it may mean chr1 or 1 (write the one you mean)',
  );
});

test("refuses an unknown name, with the three nearest", async () => {
  const names = ["chrUn_KI270302v1", "chr1", "chr21", "chr20", "chrX", "chr22"];
  expect(await failure(() => resolveContig(contigs(...names), "chr2"))).toBe(
    'RegionError: expected the name of one of 6 contigs, got "chr2" (nearest: chr1, chr21, chr20)',
  );
});

test("does not take a name of JavaScript's own for a contig", async () => {
  expect(await failure(() => resolveContig(contigs("chr1"), "__proto__"))).toBe(
    'RegionError: expected the name of one of 1 contig, got "__proto__" (nearest: chr1)',
  );
});
