import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openBenchmark } from "../../../pipelines/labelled/open-benchmark.ts";
import { ConfigError, FileError, VerificationError } from "../../../src/errors.ts";
import { quietIo } from "../../support/quiet-io.ts";

let folder: string;
let before: string | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gdiff-sets-"));
  before = process.env.GDIFF_DATA;
  process.env.GDIFF_DATA = folder;
});
afterEach(() => {
  if (before === undefined) delete process.env.GDIFF_DATA;
  else process.env.GDIFF_DATA = before;
  rmSync(folder, { recursive: true });
});

/** A set's folder with one interval a class and split. */
function writeSet(parent: string, name: string): void {
  for (const split of ["train", "test"]) {
    mkdirSync(join(parent, name, split), { recursive: true });
    for (const label of ["negative", "positive"]) {
      const file = join(parent, name, split, `${label}.csv`);
      writeFileSync(file, "id,region,start,end,strand\n1,chr1,0,4,+\n");
    }
  }
}

test("a name that no set has is refused, with the one that was meant", async () => {
  await expect(openBenchmark({ set: "cohm" }, quietIo())).rejects.toThrow(ConfigError);
  await expect(openBenchmark({ set: "cohm" }, quietIo())).rejects.toThrow(
    /^expected the name of a benchmark set: .*\(cohn\?\), got "cohm"$/,
  );
});

test("without interval files it says where to put them", async () => {
  await expect(openBenchmark({ set: "cohn" }, quietIo())).rejects.toThrow(
    new FileError(
      `expected the interval files of human_enhancers_cohn in ${join(folder, "genomic-benchmarks", "human_enhancers_cohn")}, got none: ` +
        "gdiff data fetch human_enhancers_cohn, or give --benchmarks FOLDER",
    ),
  );
});

test("without the genome it says which, and what brings it", async () => {
  writeSet(folder, "cohn");
  const source = { set: "cohn", benchmarks: folder };
  await expect(openBenchmark(source, quietIo())).rejects.toThrow(
    /^expected GRCh38, which the intervals of human_enhancers_cohn lie on \(http.*\), got none on this machine: gdiff data fetch GRCh38, or give --fasta FILE$/,
  );
});

test("a reference that no genome describes is taken by its file's name, and said", async () => {
  writeSet(folder, "demo_coding_vs_intergenomic_seqs");
  const fasta = join(folder, "a.fa");
  writeFileSync(fasta, ">chr1\nACGTACGT\n");
  const source = { set: "coding", benchmarks: folder, fasta };
  await expect(openBenchmark(source, quietIo())).rejects.toThrow(
    new FileError(
      "expected GRCh38-cdna, which the intervals of demo_coding_vs_intergenomic_seqs lie on " +
        "(http://ftp.ensembl.org/pub/release-97/fasta/homo_sapiens/cdna/Homo_sapiens.GRCh38.cdna.all.fa.gz), got none on this machine: " +
        `put it as GRCh38-cdna.fa.gz into ${folder}, or give the set's sequences by --train`,
    ),
  );
  const transcripts = join(folder, "GRCh38-cdna.fa.gz");
  writeFileSync(transcripts, gzipSync(">ENST1.1 cdna\nACGTACGT\n"));
  const said: string[] = [];
  const io = { ...quietIo(), stderr: (line: string) => void said.push(line) };
  await expect(openBenchmark(source, io)).rejects.toThrow(VerificationError); // its intervals are no official ones
  expect(said).toContain(
    `${transcripts} is taken for GRCh38-cdna by its name: what is in it is not known`,
  );
});

test("intervals that are not the official ones are refused", async () => {
  writeSet(folder, "human_enhancers_cohn");
  const fasta = join(folder, "a.fa");
  writeFileSync(fasta, ">chr1\nACGTACGT\n");
  await expect(
    openBenchmark({ set: "cohn", benchmarks: folder, fasta }, quietIo()),
  ).rejects.toThrow(
    new VerificationError(
      "human_enhancers_cohn, train: expected 10,422 intervals of class negative, got 1 (are its interval files those of 605d8539?)",
    ),
  );
});
