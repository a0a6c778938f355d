import { expect, it } from "vitest";
import { contigAliases } from "../../../src/data/manifests/genome-manifest.ts";
import { aliasesForContigs, manifestMismatch } from "../../../src/data/manifests/match-contigs.ts";
import { findGenome, readKnownGenomes } from "../../../src/data/manifests/node-known-genomes.ts";
import { resolveContig } from "../../../src/genome/contig-alias.ts";

const manifest = findGenome(await readKnownGenomes(), "hg38");
const aliases = contigAliases(manifest);
const whole = manifest.contigs.map(({ name, lengthBases }) => ({ name, length: lengthBases }));
/** Lengths of UCSC's hg19.chrom.sizes. */
const HG19 = [
  { name: "chr1", length: 249_250_621 },
  { name: "chr20", length: 63_025_520 },
  { name: "chrM", length: 16_571 },
];

it("gives all names where every contig has its length, whatever else the file holds", () => {
  expect(aliasesForContigs(manifest, whole)).toEqual(aliases);
  const more = [...whole, { name: "chrUn_x", length: 7 }];
  expect(aliasesForContigs(manifest, more)).toEqual(aliases);
  expect(manifestMismatch(manifest, more)).toBeUndefined();
});

it("knows the contigs by any of their names", () => {
  const ensembl = [{ name: "21", length: 46_709_983 }];
  const groups = aliasesForContigs(manifest, ensembl);
  expect(groups).toEqual(aliases.filter((names) => names.includes("chr21")));
  expect(resolveContig(ensembl, "NC_000021.9", groups)).toEqual(ensembl[0]);
  expect(manifestMismatch(manifest, ensembl)).toBeUndefined();
  const other = [{ name: "21", length: 48_129_895 }];
  expect(manifestMismatch(manifest, other)).toBe(
    "21 has 48,129,895 bases, in GRCh38 it has 46,709,983",
  );
});

it("gives no names to another assembly, and says which contig differs first", () => {
  expect(aliasesForContigs(manifest, HG19)).toEqual([]);
  expect(manifestMismatch(manifest, HG19.toReversed())).toBe(
    "chr1 has 249,250,621 bases, in GRCh38 it has 248,956,422",
  );
  expect(() => resolveContig(HG19, "NC_000001.11", aliasesForContigs(manifest, HG19))).toThrow();
});

it("finds nothing wrong with contigs that it does not know", () => {
  const own = [{ name: "scaffold1", length: 5 }];
  expect(aliasesForContigs(manifest, own)).toEqual([]);
  expect(manifestMismatch(manifest, own)).toBeUndefined();
});
