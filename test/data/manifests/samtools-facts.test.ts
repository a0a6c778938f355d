/** The facts of every small manifest against `samtools dict` on the sequences themselves. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEMO_SEED, demoGenome } from "../../../src/data/demo/demo-genome.ts";
import { findGenome, readKnownGenomes } from "../../../src/data/manifests/node-known-genomes.ts";
import { temporaryFolder, textOf, wrapped } from "../../genome/fixtures.ts";
import { hasProgram, sharedData } from "../../support/oracles.ts";
import { samtoolsDict } from "../samtools-dict.ts";

const known = await readKnownGenomes();
const facts = (name: string) =>
  findGenome(known, name).contigs.map(({ lengthBases, md5 }) => [lengthBases, ...md5.values()]);

describe.skipIf(!hasProgram("samtools"))("samtools dict agrees", () => {
  test.each([
    ["sacCer3", "genomes/Saccharomyces_cerevisiae.R64-1-1.dna.toplevel.fa.gz"],
    ["MG1655", "genomes/Escherichia_coli_K12_MG1655.GCF_000005845.2_ASM584v2_genomic.fna.gz"],
    ["lambda", "genomes/lambda_phage.NC_001416.bowtie2.fa.gz"],
    ["phiX174", "genomes/phiX174.NC_001422.gmod.fa.gz"],
  ])("on %s", (name, path) => {
    const file = sharedData(path);
    if (file === undefined) return;
    expect(samtoolsDict(file).map(({ length, md5 }) => [length, md5])).toEqual(facts(name));
  });

  test("on the built-in genome, whose contigs and splits are the manifest's", () => {
    const { contigs, splits } = demoGenome(DEMO_SEED);
    const path = join(temporaryFolder(), "demo.fa");
    writeFileSync(
      path,
      contigs.map(({ name, bases }) => `>${name}\n${wrapped(textOf(bases), 60)}`).join(""),
    );
    const demo = findGenome(known, "demo");
    expect(samtoolsDict(path).map(({ name }) => name)).toEqual(
      demo.contigs.map(({ name }) => name),
    );
    expect(samtoolsDict(path).map(({ length, md5 }) => [length, md5])).toEqual(facts("demo"));
    for (const split of ["train", "valid", "test"] as const)
      expect(splits[split].map(({ contig }) => contig)).toEqual(demo.splits?.[split]);
  });
});
