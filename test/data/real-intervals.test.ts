import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bedSplits } from "../../src/data/bed-splits.ts";
import { extendRows } from "../../src/data/extend-rows.ts";
import { placeRows } from "../../src/data/place-rows.ts";
import { pairOverlaps } from "../../src/data/split-overlap-report.ts";
import { SPLIT_NAMES, type Splits } from "../../src/data/splits.ts";
import type { Contig } from "../../src/genome/genome.ts";
import type { Interval } from "../../src/genome/interval.ts";
import { readBed } from "../../src/genome/node-read-bed.ts";
import { sharedData } from "../support/oracles.ts";

const CONTIGS = sharedData("hg38/grch38.contigs.tsv");
const BORZOI = sharedData("intervals/borzoi_sequences_human.hg38.bed.gz");
const AKITA = sharedData("intervals/akita_sequences.hg38.bed.gz");

function contigsOf(path: string): Contig[] {
  return readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"))
    .map(([name = "", , , length]) => ({ name, length: Number(length) }));
}

async function splitsOf(path: string, contigs: readonly Contig[]): Promise<Splits> {
  const { rows, elsewhere } = placeRows(await readBed(path), path, contigs, []);
  expect(elsewhere.size).toBe(0);
  return bedSplits(rows, path, {}).splits;
}

const counts = ({ train, valid, test }: Splits): number[] =>
  [train, valid, test].map((s) => s.length);

/** A part of chr18 where extended rows of several splits meet. */
const PART: Interval = { contig: "chr18", start: 12_000_000, end: 16_000_000 };

function clip({ contig, start, end }: Interval): Interval[] {
  const clipped = { contig, start: Math.max(start, PART.start), end: Math.min(end, PART.end) };
  return contig === PART.contig && clipped.start < clipped.end ? [clipped] : [];
}

/** Bases of the part in each pair of splits, by marking every base. */
function sharedByMarking(splits: Splits): number[] {
  const marks = new Uint8Array(PART.end - PART.start);
  for (const [i, split] of SPLIT_NAMES.entries()) {
    for (const { start, end } of splits[split].flatMap(clip)) {
      for (let at = start - PART.start; at < end - PART.start; at++) {
        marks[at] = (marks[at] as number) | (1 << i);
      }
    }
  }
  return [0b011, 0b101, 0b110].map((pair) => marks.filter((mark) => (mark & pair) === pair).length);
}

test.skipIf(CONTIGS === undefined || BORZOI === undefined)(
  "borzoi's rows: fold4 and fold3 are held out and share nothing; extended to 2^20 bases they do",
  async () => {
    const contigs = contigsOf(CONTIGS as string);
    const splits = await splitsOf(BORZOI as string, contigs);
    expect(counts(splits)).toEqual([41_699, 6910, 6888]);
    expect(pairOverlaps(splits)).toEqual([]);

    const extended = {
      train: extendRows(splits.train, 2 ** 20, contigs),
      valid: extendRows(splits.valid, 2 ** 20, contigs),
      test: extendRows(splits.test, 2 ** 20, contigs),
    };
    const pairs = pairOverlaps(extended);
    expect(pairs.map(({ bases, ofBases }) => (100 * bases) / ofBases)).toEqual([
      expect.closeTo(7.83, 2),
      expect.closeTo(8.57, 2),
      expect.closeTo(1.11, 2),
    ]);
    const inPart = pairs.map(({ stretches }) =>
      stretches.flatMap(clip).reduce((sum, { start, end }) => sum + end - start, 0),
    );
    expect(inPart[1]).toBe(849_500);
    expect(inPart).toEqual(sharedByMarking(extended));
  },
);

test.skipIf(CONTIGS === undefined || AKITA === undefined)(
  "akita's rows name their splits, which share nothing",
  async () => {
    const splits = await splitsOf(AKITA as string, contigsOf(CONTIGS as string));
    expect(counts(splits)).toEqual([7008, 419, 413]);
    expect(pairOverlaps(splits)).toEqual([]);
  },
);
