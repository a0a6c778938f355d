import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contigAliases, manifestBases } from "../../../src/data/manifests/genome-manifest.ts";
import {
  findGenome,
  manifestFolder,
  nameClash,
  readKnownGenomes,
  readManifestFile,
} from "../../../src/data/manifests/node-known-genomes.ts";
import { ConfigError, FileError } from "../../../src/errors.ts";
import { resolveContig } from "../../../src/genome/contig-alias.ts";
import { failure, temporaryFile, temporaryFolder } from "../../genome/fixtures.ts";
import { sharedData } from "../../support/oracles.ts";
import { GOOD } from "./manifest-fixture.ts";

const CONTIGS = sharedData("hg38/grch38.contigs.tsv");
const known = await readKnownGenomes();

describe("findGenome", () => {
  it("finds GRCh38 by name and alias, in any case", () => {
    const genome = findGenome(known, "GRCh38");
    expect(genome.name).toBe("GRCh38");
    for (const name of ["hg38", "HG38", "grch38"]) expect(findGenome(known, name)).toBe(genome);
  });

  it("names the genomes that it knows, and the nearest", () => {
    expect(() => findGenome(known, "hg83")).toThrow(
      new ConfigError(
        'expected the name of a genome: demo, MG1655, ASM584v2, hg38, GRCh38, NC_001416, lambda, NC_001422, phiX174, sacCer3, R64-1-1 (hg38?), got "hg83" (gdiff data list shows them, gdiff data add takes another)',
      ),
    );
    expect(() => findGenome(known, "zzzzzz")).toThrow(/R64-1-1, got "zzzzzz"/);
  });
});

describe("GRCh38", () => {
  const genome = findGenome(known, "hg38");

  it("has 25 contigs of 3,088,286,401 bases with the mitochondrion", () => {
    expect(genome.contigs).toHaveLength(25);
    expect(manifestBases(genome)).toBe(3_088_269_832 + 16_569); // chr1 … chrY as published for GRCh38
  });

  it("gives names that resolve one style to another", () => {
    const ensembl = [
      { name: "MT", length: 16569 },
      { name: "21", length: 46709983 },
    ];
    const aliases = contigAliases(genome);
    expect(resolveContig(ensembl, "chr21", aliases).name).toBe("21");
    expect(resolveContig(ensembl, "NC_012920.1", aliases).name).toBe("MT");
  });

  it("trains on chr1–22 and X but for chr10 to choose by and chr8, chr20, chr21 to read", () => {
    const { train = [], valid = [], test = [] } = genome.splits ?? {};
    expect([valid, test]).toEqual([["chr10"], ["chr8", "chr20", "chr21"]]);
    const autosomes = Array.from({ length: 22 }, (_, i) => `chr${i + 1}`);
    expect(new Set([...train, ...valid, ...test])).toEqual(new Set([...autosomes, "chrX"]));
  });

  it.runIf(CONTIGS !== undefined)("has the contigs of the table that it was made from", () => {
    const rows = genome.contigs.map(({ name, aliases, lengthBases, md5 }) =>
      [
        name,
        aliases.get("ensembl"),
        aliases.get("refseq"),
        lengthBases,
        md5.get("analysis-set"),
        md5.get("ucsc"),
      ].join("\t"),
    );
    const [, ...lines] = readFileSync(CONTIGS as string, "utf8")
      .trimEnd()
      .split("\n");
    expect(rows).toEqual(lines);
  });
});

describe("a user's manifests", () => {
  const withManifest = (manifest: unknown): string => {
    const folder = temporaryFolder();
    mkdirSync(manifestFolder(folder));
    writeFileSync(join(manifestFolder(folder), "a1.json"), JSON.stringify(manifest));
    writeFileSync(join(manifestFolder(folder), "notes.txt"), "no manifest");
    return folder;
  };

  it("are known beside the package's, in the folders that are there", async () => {
    const folder = withManifest(GOOD);
    const more = await readKnownGenomes([join(folder, "none"), folder]);
    expect(more.map(({ name }) => name)).toEqual([...known.map(({ name }) => name), "A1"]);
    expect(findGenome(more, "A").manifest).toBe(join(folder, "manifests", "a1.json"));
  });

  it("may not take a known name, in any case", async () => {
    const folder = withManifest({ ...GOOD, aliases: ["HG38"] });
    const path = join(folder, "manifests", "a1.json");
    expect(await failure(() => readKnownGenomes([folder]))).toBe(
      `FileError: ${path}: expected names that no other genome has, but "HG38" is GRCh38 of ${findGenome(known, "hg38").manifest} (remove one of the two, or rename it)`,
    );
    expect(nameClash(await readManifestFile(path), [])).toBeUndefined();
  });

  it("are named where they are malformed", async () => {
    const folder = withManifest({ ...GOOD, schema: 2 });
    await expect(readKnownGenomes([folder])).rejects.toThrow(
      new FileError(`${join(folder, "manifests", "a1.json")}: expected schema to be 1, got 2`),
    );
  });

  it("are not read beyond 64 MiB", async () => {
    const path = temporaryFile("a1.json", "{}");
    truncateSync(path, 2 ** 26 + 1);
    await expect(readManifestFile(path)).rejects.toThrow(
      new FileError(`${path}: expected a manifest of at most 64.0 MiB, got 64.0 MiB`),
    );
  });
});
