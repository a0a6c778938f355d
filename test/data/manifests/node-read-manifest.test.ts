import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readManifest } from "../../../src/data/manifests/node-read-manifest.ts";
import { ConfigError } from "../../../src/errors.ts";
import { resolveContig } from "../../../src/genome/contig-alias.ts";
import { sharedData } from "../../support/oracles.ts";

const CONTIGS = sharedData("hg38/grch38.contigs.tsv");

describe("readManifest", () => {
  it("finds GRCh38 by name and alias, in any case", async () => {
    const { manifest } = await readManifest("GRCh38");
    expect(manifest.name).toBe("GRCh38");
    for (const name of ["hg38", "HG38", "grch38"])
      expect((await readManifest(name)).manifest).toEqual(manifest);
  });

  it("lists the 25 primary contigs of GRCh38: 3,088,286,401 bases with the mitochondrion", async () => {
    const { contigs } = (await readManifest("hg38")).manifest;
    const total = contigs.reduce((sum, { lengthBases }) => sum + lengthBases, 0);
    expect(contigs).toHaveLength(25);
    expect(total).toBe(3_088_269_832 + 16_569); // chr1 … chrY as published for GRCh38
  });

  it("gives names that resolve one style to another", async () => {
    const { aliases } = await readManifest("hg38");
    const ensembl = [
      { name: "MT", length: 16569 },
      { name: "21", length: 46709983 },
    ];
    expect(resolveContig(ensembl, "chr21", aliases).name).toBe("21");
    expect(resolveContig(ensembl, "NC_012920.1", aliases).name).toBe("MT");
  });

  it("names the assemblies that it knows", async () => {
    await expect(readManifest("hg19")).rejects.toThrow(
      new ConfigError('expected the name of an assembly, got "hg19" (known: GRCh38 (hg38))'),
    );
  });

  it.runIf(CONTIGS !== undefined)(
    "has the contigs of the table that it was made from",
    async () => {
      const { contigs } = (await readManifest("hg38")).manifest;
      const rows = contigs.map(({ name, aliases, lengthBases, md5 }) =>
        [name, ...aliases, lengthBases, md5.analysisSet, md5.ucsc].join("\t"),
      );
      const [, ...lines] = readFileSync(CONTIGS as string, "utf8")
        .trimEnd()
        .split("\n");
      expect(rows).toEqual(lines);
    },
  );
});
