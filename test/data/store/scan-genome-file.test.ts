import { createHash } from "node:crypto";
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { scanGenomeFile, scanText } from "../../../src/data/store/scan-genome-file.ts";
import { bgzfFile } from "../../genome/bgzf-fixture.ts";
import {
  dice,
  failure,
  randomLetters,
  temporaryFile,
  temporaryFolder,
  wrapped,
} from "../../genome/fixtures.ts";
import { twoBitFile } from "../../genome/twobit-fixture.ts";
import { hasProgram, sharedData } from "../../support/oracles.ts";
import { samtoolsDict } from "../samtools-dict.ts";

const LETTERS = "ACGTNRYSWKMBDHVacgtnryswkmbdhv";
const SEQUENCES = [311, 60, 1, 997].map((length, i) => randomLetters(length, LETTERS, dice(i + 1)));
const fasta = (names: readonly string[], lineBases: number, end = "\n"): string =>
  SEQUENCES.map((one, i) => `>${names[i]} text${end}${wrapped(one, lineBases, end)}`).join("");
const NAMES = ["chr1", "2", "NC_3", "d"];
const TEXT = fasta(NAMES, 60);

describe("the same facts of a contig", () => {
  test.each([
    ["plain", TEXT],
    ["gzip", gzipSync(TEXT)],
    ["bgzip", bgzfFile(TEXT, 100)],
    ["CRLF and other lines", fasta(NAMES, 7, "\r\n")],
    ["one line, no final line end", fasta(NAMES, 1000).trimEnd()],
    ["other names and case", fasta(["w", "x", "y", "z"], 60).toLowerCase()],
  ])("in a file that is %s", async (_kind, content) => {
    const path = temporaryFile("a.fa", content);
    const scanned = await scanGenomeFile(path);
    expect(scanned.sha256).toBe(createHash("sha256").update(content).digest("hex"));
    expect(scanned.bytes).toBe(content.length);
    expect(scanned.contigs.map(({ length, md5 }) => [length, md5])).toEqual(
      SEQUENCES.map((one) => [
        one.length,
        createHash("md5").update(one.toUpperCase()).digest("hex"),
      ]),
    );
    expect(scanned.records.map(({ name, length }) => [name, length])).toEqual(
      scanned.contigs.map(({ name, length }) => [name, length]),
    );
  });
});

test("a .2bit file has the facts of a FASTA with the same bases", async () => {
  const bases = SEQUENCES.map((one, i) => [NAMES[i] ?? "", plainOnly(one)] as const);
  const text = bases.map(([name, one]) => `>${name}\n${one}\n`).join("");
  const path = temporaryFile("a.2bit", twoBitFile(bases));
  const scanned = await scanGenomeFile(path);
  expect(scanned.sha256).toBe(createHash("sha256").update(twoBitFile(bases)).digest("hex"));
  expect(scanned.contigs).toEqual((await scanGenomeFile(temporaryFile("a.fa", text))).contigs);
  expect(scanned.records).toEqual([]);
});

/** What 2 bits, Ns and soft-masking can say of bases. */
function plainOnly(bases: string): string {
  return bases.replaceAll(/[RYSWKMBDHV]/g, "N").replaceAll(/[ryswkmbdhv]/g, "n");
}

test("a contig without bases has facts, but no index record, as in samtools", async () => {
  const path = temporaryFile("a.fa", ">a\n>b\nAC\n");
  const { contigs, records } = await scanGenomeFile(path);
  expect(contigs.map(({ name, length }) => [name, length])).toEqual([
    ["a", 0],
    ["b", 2],
  ]);
  expect(records.map(({ name }) => name)).toEqual(["b"]);
});

test("tells the bytes that are read, and the text", async () => {
  const path = temporaryFile("a.fa.gz", bgzfFile(TEXT, 100));
  const told: [number, number][] = [];
  let text = "";
  const onProgress = (done: number, of: number): void => void told.push([done, of]);
  for await (const piece of scanText(path, { onProgress })) text += Buffer.from(piece).toString();
  expect(text).toBe(TEXT);
  const { length } = readFileSync(path);
  expect(told.at(-1)).toEqual([length, length]);
});

describe("refuses", () => {
  test("a file that changes while it is read", async () => {
    const path = temporaryFile("a.fa", TEXT);
    const onProgress = (): void => appendFileSync(path, "ACGT\n");
    expect(await failure(() => scanGenomeFile(path, { onProgress }))).toBe(
      `FileError: ${path}: expected the file to stay as it is, but it changed while it was read: wait until it is complete, and repeat`,
    );
  });

  test("a FASTA with a flaw, by line and byte", async () => {
    const path = temporaryFile("a.fa", ">a\nACGU\n");
    expect(await failure(() => scanGenomeFile(path))).toMatch(
      /^FastaError: .*line 2, byte 6: .*RNA/,
    );
  });

  test("to go on after a signal, with its reason", async () => {
    const path = temporaryFile("a.fa", TEXT);
    const reason = new Error("stop");
    await expect(scanGenomeFile(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe.skipIf(!hasProgram("samtools"))("samtools dict agrees on", () => {
  test.each([
    "hg38/Homo_sapiens_assembly38_chrM_only.fasta.gz",
    "hg38/chr2_1-1000000.softmasked.fa.gz",
    "genomes/Celegans_1pct_MCB185.fa.gz",
    "genomes/Dmelanogaster_1pct_MCB185.fa.gz",
    "genomes/htslib_ce.fa.gz",
    "genomes/lambda_phage.NC_001416.bowtie2.fa.gz",
  ])("%s", async (path) => {
    const file = sharedData(path);
    if (file === undefined) return;
    const copy = join(temporaryFolder(), basename(path));
    copyFileSync(file, copy);
    const { contigs } = await scanGenomeFile(copy);
    expect(contigs.map(({ name, length, md5 }) => ({ name, length, md5 }))).toEqual(
      samtoolsDict(copy),
    );
  });

  test("hostile letters: every IUPAC code, both cases, CRLF", () => {
    const path = temporaryFile("a.fa", "");
    return Promise.all(
      [1, 3, 60, 5000].flatMap((lineBases) =>
        ["\n", "\r\n"].map(async (end) => {
          const file = `${path}.${lineBases}.${end.length}`;
          writeFileSync(file, fasta(NAMES, lineBases, end));
          const { contigs } = await scanGenomeFile(file);
          expect(contigs.map(({ name, length, md5 }) => ({ name, length, md5 }))).toEqual(
            samtoolsDict(file),
          );
        }),
      ),
    );
  });
});
