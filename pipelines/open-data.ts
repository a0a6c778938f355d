/** The genome and the splits that a run's configuration names. */

import { holdOutContigEnds, subtractIntervals } from "../src/data/hold-out.ts";
import {
  mergeIntervals,
  SPLIT_NAMES,
  type SplitName,
  type Splits,
  splitOverlaps,
} from "../src/data/splits.ts";
import { BedError } from "../src/errors.ts";
import type { AliasGroup } from "../src/genome/contig-alias.ts";
import { resolveContig } from "../src/genome/contig-alias.ts";
import type { Genome } from "../src/genome/genome.ts";
import { intervalLength } from "../src/genome/interval.ts";
import { readBed } from "../src/genome/node-read-bed.ts";
import { parseRegionList } from "../src/genome/region.ts";
import { formatCount } from "../src/util/format.ts";
import { openNamedGenome } from "./open-named-genome.ts";
import type { DataConfig } from "./pretrain/sections.ts";

export interface RunData {
  readonly genome: Genome;
  readonly splits: Splits;
  /** Other names of the contigs. */
  readonly aliases: readonly AliasGroup[];
  /** What the user should know though nothing failed. */
  readonly notices: readonly string[];
}

/**
 * Opens what `data` names; the caller closes the genome.
 *
 * @param notify told before something that takes long
 *
 * @throws {FileError | FastaError | CompressionError | IndexFileError} when the genome cannot be read
 * @throws {RegionError | BedError} when the splits do not lie on it
 */
export async function openData(data: DataConfig, notify: (line: string) => void): Promise<RunData> {
  const opened = await openNamedGenome(data, notify);
  try {
    const { splits: chosen, notices } = await chooseSplits(
      data,
      opened.genome,
      opened.aliases,
      opened.splits,
    );
    // Regions may touch or overlap, in a BED above all; no base counts twice.
    const splits = {
      train: mergeIntervals(chosen.train),
      valid: mergeIntervals(chosen.valid),
      test: mergeIntervals(chosen.test),
    };
    return {
      ...opened,
      splits,
      notices: [...opened.notices, ...notices, ...overlapNotices(splits)],
    };
  } catch (error) {
    await opened.genome.close();
    throw error;
  }
}

interface ChosenSplits {
  readonly splits: Splits;
  readonly notices: readonly string[];
}

async function chooseSplits(
  data: DataConfig,
  genome: Genome,
  aliases: readonly AliasGroup[],
  ofGenome: Splits | undefined,
): Promise<ChosenSplits> {
  if (data.bed !== undefined)
    return { splits: await bedSplits(data.bed, genome, aliases), notices: [] };
  const parse = (text: string | undefined) =>
    text === undefined ? [] : parseRegionList(text, genome.contigs, aliases);
  const given = { train: parse(data.train), valid: parse(data.valid), test: parse(data.test) };
  if (data.train !== undefined) return { splits: given, notices: [] };
  if (data.valid !== undefined || data.test !== undefined) {
    const train = subtractIntervals(genome.contigs, [...given.valid, ...given.test]);
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

async function bedSplits(
  path: string,
  genome: Genome,
  aliases: readonly AliasGroup[],
): Promise<Splits> {
  const splits = { train: [], valid: [], test: [] } as {
    [Name in SplitName]: Splits[Name][number][];
  };
  for (const { contig, start, end, name } of await readBed(path)) {
    const split = SPLIT_NAMES.find((known) => known === name);
    if (split === undefined) {
      throw new BedError(
        `${path}: expected train, valid or test in column 4, got ${name === undefined ? "no column 4" : `"${name}"`} at ${contig}:${start}-${end}`,
      );
    }
    const known = resolveContig(genome.contigs, contig, aliases);
    if (end > known.length) {
      throw new BedError(
        `${path}: ${contig}:${start}-${end} ends past ${known.name} (${formatCount(known.length)} bases): was it made for another assembly?`,
      );
    }
    splits[split].push({ contig: known.name, start, end });
  }
  return splits;
}

/** One line a pair of splits that share bases. */
function overlapNotices(splits: Splits): string[] {
  const shared = new Map<string, number>();
  for (const { first, second, interval } of splitOverlaps(splits)) {
    const pair = `${first} and ${second}`;
    shared.set(pair, (shared.get(pair) ?? 0) + intervalLength(interval));
  }
  return [...shared].map(([pair, bases]) => `warning: ${pair} share ${formatCount(bases)} bases`);
}
