/** The genome and the splits that a run's configuration names. */

import type { TileFrame } from "../src/data/epoch-tiles.ts";
import {
  expectDisjoint,
  formatPairOverlap,
  pairOverlaps,
} from "../src/data/split-overlap-report.ts";
import { mergeIntervals, type Splits } from "../src/data/splits.ts";
import { subtractIntervals, untouchedTiles } from "../src/data/subtract-intervals.ts";
import type { AliasGroup } from "../src/genome/contig-alias.ts";
import type { Genome } from "../src/genome/genome.ts";
import type { Interval } from "../src/genome/interval.ts";
import { chooseSplits } from "./choose-splits.ts";
import { readExcluded } from "./exclude-regions.ts";
import { type OpenIo, openNamedGenome } from "./open-named-genome.ts";
import type { SplitConfig } from "./split-options.ts";

/** What training windows are cut from. */
interface TrainingRegions {
  /** With random frames merged; with fixed ones the rows of a BED, which may overlap. */
  readonly intervals: readonly Interval[];
  readonly frame: TileFrame;
}

export interface RunData {
  readonly genome: Genome;
  /** Merged: no base counts twice in a split. */
  readonly splits: Splits;
  readonly training: TrainingRegions;
  /** Other names of the contigs. */
  readonly aliases: readonly AliasGroup[];
  /** What the user should know though nothing failed. */
  readonly notices: readonly string[];
}

/**
 * Opens what `data` names; the caller closes the genome.
 *
 * @param io told before something that takes long, and asked for a genome that is not on this machine
 *
 * @throws {FileError | RemoteError | FastaError | CompressionError | IndexFileError} when the genome cannot be read
 * @throws {RegionError | BedError} when the splits do not lie on it, or share bases though data.strictSplit
 */
export async function openData(data: SplitConfig, io: OpenIo): Promise<RunData> {
  const { splits: ofGenome, ...opened } = await openNamedGenome(data, io);
  const { genome, aliases } = opened;
  try {
    const chosen = await chooseSplits(data, genome, aliases, ofGenome);
    const excluded =
      data.exclude === undefined
        ? { intervals: [], notices: [] }
        : await readExcluded(data.exclude, genome, aliases);
    const usable = (split: readonly Interval[]): Interval[] =>
      subtractIntervals(mergeIntervals(split), excluded.intervals);
    const splits = {
      train: usable(chosen.splits.train),
      valid: usable(chosen.splits.valid),
      test: usable(chosen.splits.test),
    };
    if (data.strictSplit) expectDisjoint(splits);
    const training: TrainingRegions =
      data.extend === undefined
        ? { intervals: splits.train, frame: "random" }
        : {
            intervals: untouchedTiles(chosen.splits.train, data.length, excluded.intervals),
            frame: "fixed",
          };
    return {
      ...opened,
      splits,
      training,
      notices: [
        ...opened.notices,
        ...chosen.notices,
        ...excluded.notices,
        ...pairOverlaps(splits).map((pair) => `warning: ${formatPairOverlap(pair)}`),
      ],
    };
  } catch (error) {
    await genome.close();
    throw error;
  }
}
