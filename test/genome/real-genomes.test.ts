import { createHash } from "node:crypto";
import { copyFileSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { reverseComplement } from "../../src/genome/complement.ts";
import { openGenome } from "../../src/genome/node-open-genome.ts";
import { hasPythonModule, runPython, sharedData } from "../support/oracles.ts";
import { dice, temporaryFolder, textOf } from "./fixtures.ts";

const CHR20_21 = "hg38/grch38.chr20_and_21_10M.fa.gz";
const CHR2 = "hg38/chr2_1-1000000.softmasked.fa.gz";

/** A copy of a shared file, because indices are written beside it; undefined where there is none. */
function copied(path: string): string | undefined {
  const source = sharedData(path);
  if (source === undefined) return undefined;
  const copy = join(temporaryFolder(), basename(path));
  copyFileSync(source, copy);
  return copy;
}

test.each([CHR20_21, CHR2])("%s gets the indices it was published with", async (path) => {
  const copy = copied(path);
  if (copy === undefined) return;
  await (await openGenome(copy)).genome.close();
  for (const kind of ["fai", "gzi"]) {
    const published = sharedData(`${path}.${kind}`) ?? "";
    expect(readFileSync(`${copy}.${kind}`), kind).toEqual(readFileSync(published));
  }
});

test("GRCh38's chrM has its published MD5", async () => {
  const copy = copied("hg38/Homo_sapiens_assembly38_chrM_only.fasta.gz");
  if (copy === undefined) return;
  const { genome } = await openGenome(copy);
  expect(genome.contigs).toEqual([{ name: "chrM", length: 16_569 }]);
  const bases = textOf(await genome.read({ contig: "chrM", start: 0, end: 16_569 }));
  // The rCRS holds one N, at position 3,107; SAM's M5 is over upper-case letters.
  expect(createHash("md5").update(bases.toUpperCase()).digest("hex")).toBe(
    "c68f52674c9fb33aef52dcf399755519",
  );
});

test.each([
  ["genomes/Saccharomyces_cerevisiae.R64-1-1.dna.toplevel.fa.gz", 17, 12_157_105],
  ["genomes/Escherichia_coli_K12_MG1655.GCF_000005845.2_ASM584v2_genomic.fna.gz", 1, 4_641_652],
  ["genomes/lambda_phage.NC_001416.bowtie2.fa.gz", 1, 48_502],
  ["genomes/phiX174.NC_001422.gmod.fa.gz", 1, 5_386],
])("%s has its contigs and bases", async (path, contigs, bases) => {
  const copy = copied(path);
  if (copy === undefined) return;
  const { genome } = await openGenome(copy);
  expect(genome.contigs).toHaveLength(contigs);
  expect(genome.contigs.reduce((sum, contig) => sum + contig.length, 0)).toBe(bases);
  await genome.close();
});

test("keeps soft-masking: 399,210 bases of chr2's first million are lower case, 10,000 are N", async () => {
  const copy = copied(CHR2);
  if (copy === undefined) return;
  const { genome } = await openGenome(copy);
  const bases = await genome.read({ contig: "chr2", start: 0, end: 1_000_000 });
  expect(bases.filter((byte) => byte >= 0x61).length).toBe(399_210);
  expect(bases.filter((byte) => (byte & 0xdf) === 0x4e).length).toBe(10_000);
  await genome.close();
});

test("gives the benchmark's sequences for its intervals", async () => {
  const copy = copied(CHR20_21);
  const slices = sharedData("genomic-benchmarks/slices/slice.human_enhancers_cohn.tsv.gz");
  if (copy === undefined || slices === undefined) return;
  const { genome } = await openGenome(copy);
  let compared = 0;
  for (const line of gunzipSync(readFileSync(slices)).toString().trim().split("\n").slice(1)) {
    const [, , , contig = "", start, end, strand, sequence] = line.split("\t");
    if (contig !== "chr20" && contig !== "chr21") continue;
    const bases = await genome.read({ contig, start: Number(start), end: Number(end) });
    expect(textOf(strand === "-" ? reverseComplement(bases) : bases)).toBe(sequence);
    compared++;
  }
  expect(compared).toBeGreaterThan(50);
  await genome.close();
});

describe.skipIf(!hasPythonModule("pysam"))("beside pysam", () => {
  test("reads the same bases at random places", async () => {
    const copy = copied(CHR20_21);
    if (copy === undefined) return;
    const { genome } = await openGenome(copy);
    const roll = dice(17);
    const places = Array.from({ length: 300 }, () => {
      const start = roll(9_990_000);
      return { contig: ["chr20", "chr21"][roll(2)] as string, start, end: start + roll(5000) };
    });
    const code = `import sys, json, pysam
fasta = pysam.FastaFile(sys.argv[1])
print(json.dumps([fasta.fetch(p["contig"], p["start"], p["end"]) for p in json.loads(sys.argv[2])]))`;
    const expected: unknown = JSON.parse(runPython(code, [copy, JSON.stringify(places)]));
    const got: string[] = [];
    for (const place of places) got.push(textOf(await genome.read(place)));
    expect(got).toEqual(expected);
    await genome.close();
  });
});
