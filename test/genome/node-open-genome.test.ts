import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Genome } from "../../src/genome/genome.ts";
import { openGenome } from "../../src/genome/node-open-genome.ts";
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
import { twoBitFile } from "./twobit-fixture.ts";

const TEXT = `>chr1 first\n${wrapped(randomLetters(500, "ACGTNacgtn", dice(6)), 60)}>chr2\nACGT\n`;
const BASES = TEXT.split("\n").slice(1, 10).join("");

async function wholeChr1(genome: Genome): Promise<string> {
  const { length } = genome.contigs[0] ?? { length: 0 };
  return textOf(await genome.read({ contig: "chr1", start: 0, end: length }));
}

describe.each([
  ["plain", "x.fa", bytesOf, ["x.fa", "x.fa.fai"]],
  [
    "bgzip",
    "x.fa.gz",
    (text: string) => bgzfFile(text, 100),
    ["x.fa.gz", "x.fa.gz.fai", "x.fa.gz.gzi"],
  ],
  ["gzip", "x.fa.gz", gzipSync, ["x.fa.gz"]],
])("a FASTA in %s", (_, name, pack, files) => {
  test("opens without indices, and with those it made", async () => {
    const path = temporaryFile(name, pack(TEXT));
    for (let i = 0; i < 2; i++) {
      const { genome, notices } = await openGenome(path);
      expect(notices).toEqual([]);
      expect(genome.name).toBe(path);
      expect(genome.contigs).toEqual([
        { name: "chr1", length: 500 },
        { name: "chr2", length: 4 },
      ]);
      expect(await wholeChr1(genome)).toBe(BASES);
      expect(textOf(await genome.read({ contig: "chr2", start: 1, end: 3 }))).toBe("CG");
      expect(await failure(() => genome.read({ contig: "chr2", start: 1, end: 5 }))).toBe(
        "RegionError: chr2:2-5: end is past chr2 (4 bases)",
      );
      await genome.close();
      expect(readdirSync(join(path, "..")).sort()).toEqual(files);
    }
  });

  test("says when contigs have no bases", async () => {
    const text = TEXT.replace(">chr2", ">none\n>chr2");
    const path = temporaryFile(name, pack(text));
    const { genome, notices } = await openGenome(path);
    expect(notices).toEqual([`${path}: contig "none" has no bases and is left out`]);
    expect(genome.contigs.map((contig) => contig.name)).toEqual(["chr1", "chr2"]);
    await genome.close();
  });

  test("is refused where a letter is no base", async () => {
    const text = `${TEXT}>chr3\nAC*T\n`;
    const path = temporaryFile(name, pack(text));
    expect(await failure(() => openGenome(path))).toBe(
      `FastaError: ${path} line 14, byte 540: expected a nucleotide (A C G T N or another IUPAC code), got "*" (is this a protein?)`,
    );
  });
});

test("goes by what a file holds, and says when its name is another", async () => {
  const cases = [
    ["x.fa.gz", bytesOf(TEXT), "is named as gzip but is plain text: read as plain text"],
    ["x.fa", gzipSync(TEXT), "is gzip though its name does not say so: read as gzip"],
    ["x.fa", bgzfFile(TEXT, 100), "is bgzf though its name does not say so: read as bgzf"],
  ] as const;
  for (const [name, bytes, notice] of cases) {
    const path = temporaryFile(name, bytes);
    const { genome, notices } = await openGenome(path);
    expect(notices).toEqual([`${path} ${notice}`]);
    expect(await wholeChr1(genome)).toBe(BASES);
    await genome.close();
  }
});

describe("refuses", () => {
  test.each([
    ["an empty file", "", "expected at least one sequence, but the file is empty"],
    ["blank lines alone", "\n\n", "expected at least one sequence, but the file has none"],
    ["an empty gzip", gzipSync(""), "expected at least one sequence, but the file has none"],
    ["an empty bgzip", bgzfFile("", 1), "expected at least one sequence, but the file has none"],
    [
      "zip",
      "PK\u0003\u0004",
      "expected FASTA, plain or gzip, or 2bit, got zip (unpack it: unzip, then bgzip)",
    ],
    [
      "bzip2",
      "BZh9",
      "expected FASTA, plain or gzip, or 2bit, got bzip2 (recompress it: bunzip2, then bgzip)",
    ],
    [
      "xz",
      Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0),
      "expected FASTA, plain or gzip, or 2bit, got xz (recompress it: unxz, then bgzip)",
    ],
    [
      "zstd",
      Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd),
      "expected FASTA, plain or gzip, or 2bit, got zstd (recompress it: unzstd, then bgzip)",
    ],
  ])("%s", async (_, content, message) => {
    const path = temporaryFile("x.fa", content);
    expect(await failure(() => openGenome(path))).toBe(`FastaError: ${path}: ${message}`);
    expect(readdirSync(join(path, "..")).some((name) => name.endsWith(".fai"))).toBe(false);
  });

  test("a missing file and a folder", async () => {
    const folder = temporaryFolder();
    expect(await failure(() => openGenome(join(folder, "x.fa")))).toBe(
      `FileError: ${folder}/x.fa: no such file (check the path)`,
    );
    expect(await failure(() => openGenome(folder))).toBe(
      `FileError: ${folder}: expected a regular file, got a folder`,
    );
  });

  test("plain gzip with more bases than memory may hold, naming the fix", async () => {
    const path = temporaryFile("x.fa.gz", gzipSync(TEXT));
    expect(await failure(() => openGenome(path, { maxBasesInMemory: 503 }))).toBe(
      `FastaError: ${path}: plain gzip cannot be read by position, and its more than 503 bases are too many for memory ("gdiff data index ${path}" makes it bgzip, once)`,
    );
    const { genome } = await openGenome(path, { maxBasesInMemory: 504 });
    await genome.close();
  });

  test("gzip and bgzip cut at 0, 1, 10, 50, 99 and 100 % less one byte", async () => {
    for (const bytes of [Uint8Array.from(gzipSync(TEXT)), bgzfFile(TEXT, 100)]) {
      const lengths = [0, 0.01, 0.1, 0.5, 0.99].map((part) => Math.floor(bytes.length * part));
      for (const length of [...lengths, bytes.length - 1]) {
        const path = temporaryFile("x.fa.gz", bytes.slice(0, length));
        expect(await failure(() => openGenome(path)), `${length}`).toMatch(
          /^(CompressionError|FastaError): /,
        );
      }
    }
  });

  test("a bgzip without its end-of-file block, unless that is allowed", async () => {
    const path = temporaryFile("x.fa.gz", bgzfFile(TEXT, 100).slice(0, -28));
    expect(await failure(() => openGenome(path))).toMatch(/^CompressionError: .*end-of-file block/);
    const { genome } = await openGenome(path, { allowMissingEof: true });
    expect(await wholeChr1(genome)).toBe(BASES);
    await genome.close();
  });
});

test("a flipped bit in any byte of an indexed bgzip gives an error or the same bases", async () => {
  const bytes = bgzfFile(TEXT, 200);
  const path = temporaryFile("x.fa.gz", bytes);
  await (await openGenome(path)).genome.close();
  for (let at = 0; at < bytes.length; at++) {
    const flipped = bytes.slice();
    flipped[at] = (flipped[at] as number) ^ (1 << (at & 7));
    writeFileSync(path, flipped);
    utimesSync(path, 1e9, 1e9);
    const outcome = await openGenome(path).then(
      async ({ genome }) => {
        const bases = await wholeChr1(genome).catch((error: Error) => error.name);
        await genome.close();
        return bases;
      },
      (error: Error) => error.name,
    );
    expect([BASES, "CompressionError", "IndexFileError"], `byte ${at}`).toContain(outcome);
  }
});

test("reads beyond 4 GiB of a plain file, and of contigs before it only what verifies the index", async () => {
  const length = 4.5 * 2 ** 30;
  const path = temporaryFile("x.fa", ">a\n");
  const file = openSync(path, "r+");
  writeSync(file, "ACGTn\n>b\nGATTACA\n", 3 + length - 5); // all before it is a hole, which is no DNA
  closeSync(file);
  writeFileSync(
    `${path}.fai`,
    `a\t${length}\t3\t${length}\t${length + 1}\nb\t7\t${length + 7}\t7\t8\n`,
  );
  const { genome } = await openGenome(path);
  expect(textOf(await genome.read({ contig: "a", start: length - 5, end: length }))).toBe("ACGTn");
  expect(textOf(await genome.read({ contig: "b", start: 0, end: 7 }))).toBe("GATTACA");
  expect(await failure(() => genome.read({ contig: "a", start: length - 7, end: length }))).toBe(
    `FastaError: ${path}: a:4,831,838,202, byte 4831838204: expected a nucleotide (A C G T N or another IUPAC code), got byte 0x00`,
  );
  await genome.close();
});

describe("building the indices", () => {
  const text = `>a\n${wrapped("ACGT".repeat(1_000_000), 60)}`;

  test.each([
    ["x.fa", () => bytesOf(text), ["building PATH.fai"]],
    ["x.fa.gz", () => bgzfFile(text, 4000), ["building PATH.gzi", "building PATH.fai"]],
  ])("of %s is told of before, once, and lets signals through", async (name, content, lines) => {
    const path = temporaryFile(name, content());
    const told: string[] = [];
    const notify = (line: string): void => {
      told.push(line.replace(path, "PATH"));
      expect(existsSync(line.replace("building ", ""))).toBe(false);
    };
    let turns = 0;
    let isBuilding = true;
    const count = (): void => {
      turns++;
      if (isBuilding) setImmediate(count); // once a turn of the event loop, however short it is
    };
    setImmediate(count);
    await (await openGenome(path, { notify })).genome.close();
    isBuilding = false;
    expect(told).toEqual(lines);
    expect(turns).toBeGreaterThanOrEqual(3); // a piece is 1 MiB
    await (await openGenome(path, { notify })).genome.close();
    expect(told).toEqual(lines);
  });
});

test.each([
  ["x.fa", `>chr1\n${wrapped("ACGTN".repeat(400), 60)}`],
  ["x.2bit", twoBitFile([["chr1", "ACGTN".repeat(400)]])],
] as const)(
  "%s that becomes shorter while it is open is an error, not other bases",
  async (name, content) => {
    const path = temporaryFile(name, content);
    const { genome } = await openGenome(path);
    await genome.read({ contig: "chr1", start: 0, end: 10 });
    truncateSync(path, 300);
    expect(await failure(() => genome.read({ contig: "chr1", start: 1500, end: 1900 }))).toMatch(
      /FileError: .* \(it became shorter while it was read\)/,
    );
    await genome.close();
    expect(await failure(() => genome.read({ contig: "chr1", start: 0, end: 9 }))).toContain(
      "expected an open file, but it was closed",
    );
  },
);
