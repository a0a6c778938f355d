/** Rows made longer, as HyenaDNA makes 2^20 bases of the 131,072 of each row it trains on. */

import type { Contig } from "../genome/genome.ts";
import type { Interval } from "../genome/interval.ts";

/**
 * Gives every row the length of `bases`: its start is kept and its end moved; a row that would end past its contig is
 * shifted back whole, and a contig shorter than that is a row from end to end.
 *
 * @param contigs that the rows lie on
 */
export function extendRows(
  rows: readonly Interval[],
  bases: number,
  contigs: readonly Contig[],
): Interval[] {
  const lengths = new Map(contigs.map(({ name, length }) => [name, length]));
  return rows.map(({ contig, start }) => {
    const length = lengths.get(contig) as number;
    const end = Math.min(start + bases, length);
    return { contig, start: Math.max(0, end - bases), end };
  });
}
