/** Bases at random places, byte for byte those of `samtools faidx`, from plain text, bgzip and 2bit. */

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { writeTwoBit } from "../../bench/data/write-two-bit.ts";
import type { Genome } from "../../src/genome/genome.ts";
import type { Interval } from "../../src/genome/interval.ts";
import { openGenome } from "../../src/genome/node-open-genome.ts";
import { hasProgram, sharedData } from "../support/oracles.ts";
import { dice, randomLetters, temporaryFolder, textOf, wrapped } from "./fixtures.ts";

const REAL = [
  "genomes/Celegans_1pct_MCB185.fa.gz",
  "genomes/Dmelanogaster_1pct_MCB185.fa.gz",
  "genomes/Escherichia_coli_K12_MG1655.GCF_000005845.2_ASM584v2_genomic.fna.gz",
  "genomes/Saccharomyces_cerevisiae.R64-1-1.dna.toplevel.fa.gz",
  "genomes/htslib_ce.fa.gz",
  "genomes/lambda_phage.NC_001416.bowtie2.fa.gz",
  "genomes/phiX174.NC_001422.gmod.fa.gz",
  "hg38/Homo_sapiens_assembly38_chrM_only.fasta.gz",
  "hg38/chr2_1-1000000.softmasked.fa.gz",
  "hg38/grch38.chr20_and_21_10M.fa.gz",
];

/** Places on every contig: its first and last bases, all of a short one, and anywhere. */
function placesOn({ contigs }: Genome, roll: (bound: number) => number): Interval[] {
  return contigs.slice(0, 40).flatMap(({ name, length }) => {
    const edge = Math.min(length, 130);
    const places = [
      { contig: name, start: 0, end: edge },
      { contig: name, start: length - edge, end: length },
      { contig: name, start: length - 1, end: length },
    ];
    for (let i = 0; i < 30; i++) {
      const start = roll(length);
      places.push({ contig: name, start, end: start + 1 + roll(Math.min(3000, length - start)) });
    }
    return places;
  });
}

/** What samtools gives, other IUPAC codes as gdiff reads them. */
function samtools(path: string, places: readonly Interval[]): string[] {
  const regions = places.map(({ contig, start, end }) => `${contig}:${start + 1}-${end}`);
  const list = `${path}.regions`;
  writeFileSync(list, `${regions.join("\n")}\n`);
  const { stdout, stderr, status } = spawnSync("samtools", ["faidx", path, "-r", list], {
    encoding: "latin1",
    maxBuffer: 2 ** 28,
  });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout
    .split(/^>.*\n/m)
    .slice(1)
    .map((lines) => lines.replaceAll("\n", ""))
    .map((bases) => bases.replaceAll(/[RYSWKMBDHV]/g, "N").replaceAll(/[ryswkmbdhv]/g, "n"));
}

async function expectAgreement(text: Uint8Array, seed: number): Promise<void> {
  const folder = temporaryFolder();
  const plain = join(folder, "x.fa");
  writeFileSync(plain, text);
  expect(spawnSync("bgzip", ["-k", "-l", "1", plain]).status).toBe(0);
  const { genome } = await openGenome(plain);
  await writeTwoBit(genome, join(folder, "x.2bit"));
  const places = placesOn(genome, dice(seed));
  await genome.close();
  const expected = samtools(plain, places);
  expect(expected).toHaveLength(places.length);
  for (const file of ["x.fa", "x.fa.gz", "x.2bit"]) {
    const room = new Uint8Array(3001);
    const opened = (await openGenome(join(folder, file))).genome;
    for (const [i, place] of places.entries()) {
      const bases = textOf(opened.readSync?.(place, room) ?? new Uint8Array(0));
      const isSame = bases === expected[i];
      expect(isSame, `${file} ${place.contig}:${place.start}-${place.end}`).toBe(true);
    }
    await opened.close();
  }
}

describe.skipIf(!hasProgram("samtools") || !hasProgram("bgzip"))("beside samtools", () => {
  test.each(REAL.map((path, i) => [path, i] as const))("%s", async (path, seed) => {
    const shared = sharedData(path);
    if (shared === undefined) return;
    await expectAgreement(gunzipSync(readFileSync(shared)), seed);
  });

  const roll = dice(83);
  const letters = randomLetters(5000, "ACGTNacgtnRYSWKMBDHVryswkmbdhv", roll);
  const lower = randomLetters(777, "acgtn", roll);
  test.each([
    ["CRLF", `>a\r\n${wrapped(letters, 50, "\r\n")}>b\r\n${wrapped(lower, 50, "\r\n")}`],
    ["blank lines between contigs", `>a\n${wrapped(letters, 61)}\n\n>b\n${wrapped(lower, 61)}\n`],
    ["no final line end", `>a\n${wrapped(letters, 70)}>b\n${wrapped(lower, 70).trimEnd()}`],
    ["one line a contig", `>a\n${letters}\n>b\n${lower}\n`],
    ["one base a line", `>a\n${wrapped(letters.slice(0, 300), 1)}>b\nA\n`],
    ["a last line as long as the others", `>a\n${wrapped(letters, 100)}>b\n${wrapped(lower, 777)}`],
    ["one line without an end", `>a\n${letters}`],
  ])("a file with %s", async (_, text) => {
    await expectAgreement(new TextEncoder().encode(text), 7);
  });
});
