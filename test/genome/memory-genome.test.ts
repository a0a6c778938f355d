import { expect, test } from "vitest";
import { loadGenome } from "../../src/genome/load-genome.ts";
import { memoryGenome } from "../../src/genome/memory-genome.ts";
import { bytesOf, failure, pieces, textOf } from "./fixtures.ts";

test("lists its contigs and reads copies of their bases", async () => {
  const genome = memoryGenome("toy", [
    { name: "a", bases: bytesOf("ACGTNacgtnRy") },
    { name: "b", bases: bytesOf("TT") },
  ]);
  expect(genome.contigs).toEqual([
    { name: "a", length: 12 },
    { name: "b", length: 2 },
  ]);
  const bases = await genome.read({ contig: "a", start: 3, end: 12 });
  expect(textOf(bases)).toBe("TNacgtnNn");
  bases.fill(0);
  expect(textOf(await genome.read({ contig: "a", start: 3, end: 4 }))).toBe("T");
  await genome.close();
});

test("refuses what every genome refuses", async () => {
  const genome = memoryGenome("toy", [{ name: "a", bases: bytesOf("AC?T") }]);
  expect(await failure(() => genome.read({ contig: "b", start: 0, end: 1 }))).toBe(
    'RegionError: expected the name of one of 1 contig, got "b" (nearest: a)',
  );
  expect(await failure(() => genome.read({ contig: "a", start: 0, end: 5 }))).toBe(
    "RegionError: a:1-5: end is past a (4 bases)",
  );
  expect(await failure(() => genome.read({ contig: "a", start: 0, end: 4 }))).toBe(
    'RangeError: internal: toy, a, base 2: expected a nucleotide (A C G T N or another IUPAC code), got "?"',
  );
  const twice = [
    { name: "a", bases: bytesOf("A") },
    { name: "a", bases: bytesOf("C") },
  ];
  expect(await failure(() => memoryGenome("toy", twice))).toBe(
    'RegionError: toy: expected unique names, got "a" again',
  );
});

const TEXT = ">a\nACGTA\nCG\n>empty\n>b x\nnnR\n";

test("loads FASTA text in any pieces, without contigs that have no bases", async () => {
  for (let length = 1; length <= 7; length++) {
    const { genome, emptyContigs } = await loadGenome(pieces(bytesOf(TEXT), length), "x.fa.gz");
    expect(emptyContigs).toEqual(["empty"]);
    expect(genome.contigs).toEqual([
      { name: "a", length: 7 },
      { name: "b", length: 3 },
    ]);
    expect(textOf(await genome.read({ contig: "a", start: 0, end: 7 }))).toBe("ACGTACG");
    expect(textOf(await genome.read({ contig: "b", start: 0, end: 3 }))).toBe("nnN");
  }
});

test("loads no more bases than its limit", async () => {
  await loadGenome([bytesOf(TEXT)], "x.fa.gz", 10);
  expect(await failure(() => loadGenome([bytesOf(TEXT)], "x.fa.gz", 9))).toBe(
    'FastaError: x.fa.gz: plain gzip cannot be read by position, and its more than 9 bases are too many for memory ("gdiff data index x.fa.gz" makes it bgzip, once)',
  );
});

test("reads into memory that is given, and refuses what is too small", async () => {
  const genome = memoryGenome("toy", [{ name: "a", bases: bytesOf("ACGTRacgt") }]);
  const room = new Uint8Array(6);
  const bases = genome.readSync?.({ contig: "a", start: 2, end: 6 }, room);
  expect(textOf(bases ?? room)).toBe("GTNa");
  expect(bases?.buffer).toBe(room.buffer);
  expect(await failure(() => genome.readSync?.({ contig: "a", start: 0, end: 7 }, room))).toBe(
    "RangeError: internal: expected room for 7 bytes, got 6",
  );
});
