/** The splits that a configuration names: by regions, by a BED of splits or folds, by the genome itself, or by default. */

import { bedSplits, type NamedSplits } from "../src/data/bed-splits.ts";
import { extendRows } from "../src/data/extend-rows.ts";
import { holdOutContigEnds } from "../src/data/hold-out.ts";
import { placeRows } from "../src/data/place-rows.ts";
import type { Splits } from "../src/data/splits.ts";
import { subtractIntervals } from "../src/data/subtract-intervals.ts";
import { type AliasGroup, resolveContig } from "../src/genome/contig-alias.ts";
import type { Genome } from "../src/genome/genome.ts";
import type { Interval } from "../src/genome/interval.ts";
import { readBed } from "../src/genome/node-read-bed.ts";
import { parseRegionList } from "../src/genome/region.ts";
import { formatCount } from "../src/util/format.ts";
import type { SplitConfig } from "./split-options.ts";

export interface ChosenSplits {
  /** As they were named: intervals may touch and overlap. */
  readonly splits: Splits;
  readonly notices: readonly string[];
}

/**
 * @param ofGenome the genome's own splits, where it has some
 * @throws {RegionError | BedError | FileError} when what is named does not lie on the genome, or cannot be read
 */
export async function chooseSplits(
  data: SplitConfig,
  genome: Genome,
  aliases: readonly AliasGroup[],
  ofGenome: Splits | undefined,
): Promise<ChosenSplits> {
  if (data.bed !== undefined) return splitsOfBed(data.bed, data, genome, aliases);
  const parse = (text: string | undefined) =>
    text === undefined ? [] : parseRegionList(text, genome.contigs, aliases);
  const given = { train: parse(data.train), valid: parse(data.valid), test: parse(data.test) };
  if (data.train !== undefined) return { splits: given, notices: [] };
  if (data.valid !== undefined || data.test !== undefined) {
    const whole = genome.contigs.map(({ name, length }) => ({
      contig: name,
      start: 0,
      end: length,
    }));
    const train = subtractIntervals(whole, [...given.valid, ...given.test]);
    return {
      splits: { ...given, train },
      notices: ["training on everything outside --valid and --test"],
    };
  }
  if (ofGenome !== undefined) return { splits: ofGenome, notices: [] };
  return {
    splits: holdOutContigEnds(genome.contigs),
    notices: [
      "no regions given: the last tenth of every contig is held out, half for valid, half for test",
    ],
  };
}

async function splitsOfBed(
  path: string,
  { validFold, testFold, extend }: SplitConfig,
  genome: Genome,
  aliases: readonly AliasGroup[],
): Promise<ChosenSplits> {
  const { rows, elsewhere } = placeRows(await readBed(path), path, genome.contigs, aliases);
  for (const name of elsewhere.keys()) resolveContig(genome.contigs, name, aliases); // throws, with the nearest names
  const named = bedSplits(rows, path, { valid: listed(validFold), test: listed(testFold) });
  const notices = foldNotices(named, rows.length);
  if (extend === undefined) return { splits: named.splits, notices };
  const { train, valid, test } = named.splits;
  const extended = (split: readonly Interval[]): Interval[] =>
    extendRows(split, extend, genome.contigs);
  return {
    splits: { train: extended(train), valid: extended(valid), test: extended(test) },
    notices: [
      ...notices,
      `rows of ${path} are extended to ${formatCount(extend)} bases; training windows follow the rows, so bases of several rows come several times an epoch`,
    ],
  };
}

function foldNotices({ folds }: NamedSplits, rows: number): string[] {
  if (folds === undefined) return [];
  const said = (names: readonly string[]): string => names.join(" and ") || "no fold";
  return [
    `folds: ${said(folds.valid)} for valid, ${said(folds.test)} for test, the rest of ${formatCount(rows)} rows for training`,
  ];
}

/** `fold3,fold4` as names. */
function listed(text: string | undefined): readonly string[] | undefined {
  return text?.split(",").map((name) => name.trim());
}
