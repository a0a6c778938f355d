/** `--exclude`: intervals, of a blacklist for instance, that no window may touch. */

import { placeRows } from "../src/data/place-rows.ts";
import { mergeIntervals } from "../src/data/splits.ts";
import { RegionError } from "../src/errors.ts";
import { type AliasGroup, resolveContig } from "../src/genome/contig-alias.ts";
import type { Genome } from "../src/genome/genome.ts";
import { type Interval, intervalLength } from "../src/genome/interval.ts";
import { readBed } from "../src/genome/node-read-bed.ts";
import { formatCount } from "../src/util/format.ts";

export interface Excluded {
  /** Merged. */
  readonly intervals: readonly Interval[];
  readonly notices: readonly string[];
}

/** Contigs that a notice names. */
const NAMED = 5;

/**
 * Reads a BED of excluded intervals. Rows on contigs that the genome does not have exclude nothing, which is said.
 *
 * @throws {RegionError} when every row lies on such contigs
 * @throws {FileError | BedError} when it cannot be read, or is of another assembly
 */
export async function readExcluded(
  path: string,
  genome: Genome,
  aliases: readonly AliasGroup[],
): Promise<Excluded> {
  const read = await readBed(path);
  const { rows, elsewhere } = placeRows(read, path, genome.contigs, aliases);
  const [first] = elsewhere.keys();
  if (rows.length === 0 && first !== undefined) resolveContig(genome.contigs, first, aliases); // throws, with the nearest names
  const intervals = mergeIntervals(rows);
  if (intervals.length === 0) {
    throw new RegionError(
      `${path}: expected an interval to exclude, got none (leave --exclude out)`,
    );
  }
  const bases = intervals.reduce((sum, interval) => sum + intervalLength(interval), 0);
  const notices = [`no window touches the ${formatCount(bases)} bases of ${path}`];
  if (elsewhere.size > 0) {
    const names = [...elsewhere.keys()];
    const count = [...elsewhere.values()].reduce((sum, rows) => sum + rows, 0);
    notices.push(
      `${formatCount(count)} of ${formatCount(read.length)} rows of ${path} exclude nothing: ${genome.name} has no ` +
        `${names.slice(0, NAMED).join(", ")}${names.length > NAMED ? `, … (${names.length} contigs)` : ""}`,
    );
  }
  return { intervals, notices };
}
