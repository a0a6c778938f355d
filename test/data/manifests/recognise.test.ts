import { describe, expect, it } from "vitest";
import { findGenome, readKnownGenomes } from "../../../src/data/manifests/node-known-genomes.ts";
import {
  compareContigs,
  type NamedDigest,
  recognise,
  unknownBases,
} from "../../../src/data/manifests/recognise.ts";

const known = await readKnownGenomes();
const hg38 = findGenome(known, "hg38");

/** The contigs of hg38 as a file of one flavour has them, under names of one's own. */
const asFile = (flavour: string, rename = (name: string): string => name): NamedDigest[] =>
  hg38.contigs.map(({ name, lengthBases, md5 }) => ({
    name: rename(name),
    length: lengthBases,
    md5: md5.get(flavour) ?? "",
  }));

/** The first ones of one flavour, the rest of another. */
const mixed = [...asFile("ucsc").slice(0, 5), ...asFile("analysis-set").slice(5)];
const OTHER = "f".repeat(32);

describe("recognise", () => {
  it.each(["ucsc", "analysis-set"])("knows the flavour %s under any names", (flavour) => {
    const found = recognise(
      known,
      asFile(flavour, (name) => `my_${name}`),
    );
    expect(found?.genome).toBe(hg38);
    expect(found?.flavours).toEqual([flavour]);
    expect(found?.missing).toEqual([]);
    expect(found?.contigs.map(({ listed }) => listed?.name)).toEqual(
      hg38.contigs.map(({ name }) => name),
    );
  });

  it("cannot tell the flavours where they are the same", () => {
    const chrM = asFile("ucsc").filter(({ name }) => name === "chrM");
    const found = recognise(known, chrM);
    expect(found?.flavours).toEqual(["ucsc", "analysis-set"]);
    expect(found?.missing).toHaveLength(24);
  });

  it("finds no common flavour in a mixture, and the flavour of each contig", () => {
    const found = recognise(known, mixed);
    expect(found?.flavours).toEqual([]);
    expect(found?.contigs[0]?.flavours).toEqual(["ucsc"]);
    expect(found?.contigs.at(-2)?.flavours).toEqual(["analysis-set"]); // chrY
    expect(found === undefined ? undefined : unknownBases(found)).toEqual([]);
  });

  it("reports bases that no flavour has, where name and length are listed", () => {
    const contigs = asFile("ucsc").with(2, {
      name: "NC_000003.12",
      length: 198_295_559,
      md5: OTHER,
    });
    const found = recognise(known, contigs);
    expect(found?.flavours).toEqual(["ucsc"]);
    expect(found === undefined ? [] : unknownBases(found)).toEqual([
      { found: contigs[2], listed: hg38.contigs[2], flavours: [] },
    ]);
  });

  it("takes names and lengths where no bases are known", () => {
    const found = recognise(known, [{ name: "21", length: 46_709_983, md5: OTHER }]);
    expect(found?.genome.name).toBe("GRCh38");
    expect(found?.flavours).toEqual([]);
  });

  it("does not list a contig of another length or name", () => {
    const others = [
      { name: "chr1", length: 5, md5: OTHER },
      { name: "x", length: 46_709_983, md5: OTHER },
      // A forged MD5 does not make a contig of another length known.
      { name: "y", length: 5, md5: hg38.contigs[0]?.md5.get("ucsc") ?? "" },
    ];
    expect(recognise(known, others)).toBeUndefined();
    expect(compareContigs(hg38, others).contigs.map(({ listed }) => listed)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("tells contigs of the same bases apart by name, else by their order", () => {
    const [first] = findGenome(known, "lambda").contigs;
    if (first === undefined) throw new Error("expected a contig");
    const twins = ["a", "b", "c"].map((name) => ({ ...first, name, aliases: new Map() }));
    const genome = { ...findGenome(known, "lambda"), contigs: twins };
    const md5 = first.md5.get("refseq") ?? "";
    const listed = (names: readonly string[]) => {
      const contigs = names.map((name) => ({ name, length: first.lengthBases, md5 }));
      const { contigs: compared, missing } = compareContigs(genome, contigs);
      return [compared.map((one) => one.listed?.name), missing.map(({ name }) => name)];
    };
    expect(listed(["c", "a", "b"])).toEqual([["c", "a", "b"], []]);
    expect(listed(["x", "y"])).toEqual([["a", "b"], ["c"]]);
    expect(listed(["w", "x", "y", "z"])).toEqual([["a", "b", "c", "a"], []]);
  });

  it("takes the genome that most bases are of", () => {
    const chrM = asFile("ucsc").filter(({ name }) => name === "chrM");
    const lambda = findGenome(known, "lambda").contigs.map(({ name, lengthBases, md5 }) => ({
      name,
      length: lengthBases,
      md5: md5.get("refseq") ?? "",
    }));
    expect(recognise(known, [...chrM, ...lambda])?.genome.name).toBe("lambda");
  });
});
