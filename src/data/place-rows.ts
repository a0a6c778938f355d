/** Rows of a BED file on the contigs of a genome. */

import { BedError } from "../errors.ts";
import type { BedInterval } from "../genome/bed.ts";
import { type AliasGroup, findContig } from "../genome/contig-alias.ts";
import type { Contig } from "../genome/genome.ts";
import { formatCount } from "../util/format.ts";

export interface PlacedRows {
  /** By the genome's own names of its contigs, in file order. */
  readonly rows: readonly BedInterval[];
  /** Names of contigs that the genome does not have, with the count of their rows. */
  readonly elsewhere: ReadonlyMap<string, number>;
}

/**
 * Finds the contig of every row, by any of its names.
 *
 * @param file what messages call the BED
 * @throws {BedError} when a row ends past its contig
 * @throws {RegionError} when a name may mean several contigs
 */
export function placeRows(
  rows: readonly BedInterval[],
  file: string,
  contigs: readonly Contig[],
  aliases: readonly AliasGroup[],
): PlacedRows {
  const found = new Map<string, Contig | undefined>();
  const elsewhere = new Map<string, number>();
  const placed: BedInterval[] = [];
  for (const row of rows) {
    if (!found.has(row.contig)) found.set(row.contig, findContig(contigs, row.contig, aliases));
    const contig = found.get(row.contig);
    if (contig === undefined) {
      elsewhere.set(row.contig, (elsewhere.get(row.contig) ?? 0) + 1);
      continue;
    }
    if (row.end > contig.length) {
      throw new BedError(
        `${file}: ${row.contig}:${row.start}-${row.end} ends past ${contig.name} (${formatCount(contig.length)} bases): was it made for another assembly?`,
      );
    }
    placed.push({ ...row, contig: contig.name });
  }
  return { rows: placed, elsewhere };
}
