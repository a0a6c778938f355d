import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Genome } from "../../src/genome/genome.ts";
import { readIndexFile, writeIndexFile } from "../../src/genome/node-index-file.ts";
import { openGenome } from "../../src/genome/node-open-genome.ts";
import { hasProgram } from "../support/oracles.ts";
import { asUnprivileged } from "./as-unprivileged.ts";
import { bgzfFile } from "./bgzf-fixture.ts";
import {
  bytesOf,
  dice,
  failure,
  randomLetters,
  temporaryFile,
  temporaryFolder,
  textOf,
  wrapped,
} from "./fixtures.ts";

const TEXT = `>chr1 first\n${wrapped(randomLetters(500, "ACGTNacgtn", dice(6)), 60)}>chr2\nACGT\n`;
const BASES = TEXT.split("\n").slice(1, 10).join("");

async function wholeChr1(genome: Genome): Promise<string> {
  const { length } = genome.contigs[0] ?? { length: 0 };
  return textOf(await genome.read({ contig: "chr1", start: 0, end: length }));
}

describe("an index", () => {
  test("of another file is refused, and left as it is", async () => {
    const path = temporaryFile("x.fa", TEXT);
    writeFileSync(`${path}.fai`, "chr1\t500\t13\t60\t61\n");
    expect(await failure(() => openGenome(path))).toBe(
      `IndexFileError: ${path}.fai: expected the header of "chr1" right before byte 13 of ${path}, but it is not so (the index belongs to another file or an older one: delete it and it will be rebuilt)`,
    );
    expect(readFileSync(`${path}.fai`, "utf8")).toBe("chr1\t500\t13\t60\t61\n");
    rmSync(`${path}.fai`);
    await (await openGenome(path)).genome.close();
  });

  test("that is the FASTA itself is refused", async () => {
    const path = temporaryFile("x.fa", TEXT);
    copyFileSync(path, `${path}.fai`);
    expect(await failure(() => openGenome(path))).toBe(
      `IndexFileError: ${path}.fai line 1: expected 5 tab-separated fields, got a FASTA header (is this the FASTA itself?) (delete it and it will be rebuilt)`,
    );
  });

  test("of blocks that belongs to another file is refused", async () => {
    const path = temporaryFile("x.fa.gz", bgzfFile(TEXT, 100));
    const other = temporaryFile("x.fa.gz", bgzfFile(TEXT, 90));
    await (await openGenome(path)).genome.close();
    await (await openGenome(other)).genome.close();
    copyFileSync(`${other}.gzi`, `${path}.gzi`);
    expect(await failure(() => openGenome(path))).toMatch(
      /^(IndexFileError|CompressionError): .*\.gzi/,
    );
  });

  test("that is older than its FASTA is a notice when it agrees", async () => {
    const path = temporaryFile("x.fa.gz", bgzfFile(TEXT, 100));
    await (await openGenome(path)).genome.close();
    for (const index of [`${path}.fai`, `${path}.gzi`]) utimesSync(index, 1e9, 1e9);
    const { genome, notices } = await openGenome(path);
    expect(notices).toEqual([
      `${path}.gzi is older than ${path}, but agrees with it`,
      `${path}.fai is older than ${path}, but agrees with it`,
    ]);
    expect(await wholeChr1(genome)).toBe(BASES);
    await genome.close();
  });

  test("is kept in memory where the folder may not be written", async () => {
    const path = temporaryFile("x.fa.gz", bgzfFile(TEXT, 100));
    chmodSync(join(path, ".."), 0o555);
    await asUnprivileged(async () => {
      const { genome, notices } = await openGenome(path);
      expect(notices).toEqual(
        ["gzi", "fai"].map(
          (kind) =>
            `${path}.${kind} could not be written (EACCES): the index is kept in memory and will be built again next time`,
        ),
      );
      expect(await wholeChr1(genome)).toBe(BASES);
      await genome.close();
    });
    chmodSync(join(path, ".."), 0o755);
    expect(readdirSync(join(path, ".."))).toEqual(["x.fa.gz"]);
  });

  test("that may not be read is refused", async () => {
    const path = temporaryFile("x.fa", TEXT);
    chmodSync(join(path, ".."), 0o755);
    writeFileSync(`${path}.fai`, "");
    chmodSync(`${path}.fai`, 0o000);
    expect(await asUnprivileged(() => failure(() => openGenome(path)))).toBe(
      `FileError: ${path}.fai: permission denied (check who may read it)`,
    );
  });

  test("that is a folder or a link to nothing is refused or replaced", async () => {
    const path = temporaryFile("x.fa", TEXT);
    mkdirSync(`${path}.fai`);
    expect(await failure(() => openGenome(path))).toBe(
      `FileError: ${path}.fai: expected a regular file, got a folder`,
    );
    rmSync(`${path}.fai`, { recursive: true });
    symlinkSync("nowhere", `${path}.fai`);
    await (await openGenome(path)).genome.close();
    expect(readFileSync(`${path}.fai`, "utf8")).toBe("chr1\t500\t12\t60\t61\nchr2\t4\t527\t4\t5\n");
  });

  test("that is too long for one is refused", async () => {
    const path = temporaryFile("x.fai", "0123456789");
    expect(await failure(() => readIndexFile(path, 9))).toBe(
      `IndexFileError: ${path}: expected at most 9 bytes, got 10 bytes (delete it and it will be rebuilt)`,
    );
    expect((await readIndexFile(path, 10))?.bytes).toEqual(bytesOf("0123456789"));
    expect(await readIndexFile(`${path}.none`, 10)).toBeUndefined();
  });

  test("is written whole or not at all", async () => {
    const folder = temporaryFolder();
    expect(await writeIndexFile(join(folder, "x.fai"), bytesOf("a"))).toBeUndefined();
    expect(await writeIndexFile(join(folder, "x.fai"), bytesOf("b"))).toBeUndefined();
    expect(readFileSync(join(folder, "x.fai"), "utf8")).toBe("b");
    mkdirSync(join(folder, "y.fai"));
    expect(await failure(() => writeIndexFile(join(folder, "y.fai"), bytesOf("a")))).toMatch(
      /^FileError: .*y\.fai: /,
    );
    expect(readdirSync(folder).sort()).toEqual(["x.fai", "y.fai"]);
  });

  test.skipIf(!hasProgram("samtools") || !hasProgram("bgzip"))(
    "is samtools' own, byte for byte",
    async () => {
      const folder = temporaryFolder();
      const text = `>a x\r\n${wrapped(randomLetters(200_000, "ACGTn", dice(9)), 71, "\r\n")}\r\n>b\r\nACG`;
      for (const who of ["ours", "theirs"]) {
        writeFileSync(join(folder, `${who}.fa`), text);
        execFileSync("bgzip", ["-k", join(folder, `${who}.fa`)]);
      }
      for (const name of ["fa", "fa.gz"]) {
        execFileSync("samtools", ["faidx", join(folder, `theirs.${name}`)]);
        await (await openGenome(join(folder, `ours.${name}`))).genome.close();
      }
      for (const name of ["fa.fai", "fa.gz.fai", "fa.gz.gzi"]) {
        expect(existsSync(join(folder, `theirs.${name}`))).toBe(true);
        expect(readFileSync(join(folder, `ours.${name}`))).toEqual(
          readFileSync(join(folder, `theirs.${name}`)),
        );
      }
    },
  );
});
