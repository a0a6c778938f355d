import { RegionError } from "../errors.ts";
import { checkInterval } from "./check-interval.ts";
import type { Genome } from "./genome.ts";
import type { Interval } from "./interval.ts";
import { describeBadBase, normaliseBases } from "./nucleotide.ts";
import { roomFor } from "./room-for.ts";
import { unknownContig } from "./unknown-contig.ts";

/** One contig in memory; `bases` as ASCII. */
export interface MemoryContig {
  readonly name: string;
  readonly bases: Uint8Array;
}

/**
 * Returns a genome over arrays, which it keeps without a copy; reads return IUPAC codes as N, as every genome's do.
 *
 * @throws {RegionError} when two contigs have one name
 */
export function memoryGenome(name: string, contigs: readonly MemoryContig[]): Genome {
  const basesOf = new Map<string, Uint8Array>();
  for (const contig of contigs) {
    if (basesOf.has(contig.name)) {
      throw new RegionError(`${name}: expected unique names, got "${contig.name}" again`);
    }
    basesOf.set(contig.name, contig.bases);
  }
  const listed = contigs.map((contig) => ({ name: contig.name, length: contig.bases.length }));
  const readSync = (interval: Interval, into?: Uint8Array): Uint8Array => {
    const bases = basesOf.get(interval.contig);
    if (bases === undefined) throw unknownContig(interval.contig, listed);
    checkInterval(interval, { name: interval.contig, length: bases.length });
    const out = roomFor(interval.end - interval.start, into);
    const stop = normaliseBases(bases, interval.start, interval.end, out, 0);
    if (stop < interval.end) {
      throw new RangeError(
        `internal: ${name}, ${interval.contig}, base ${stop}: ${describeBadBase(bases[stop] as number)}`,
      );
    }
    return out;
  };
  return {
    name,
    residence: "memory",
    contigs: listed,
    read: async (interval) => readSync(interval),
    readSync,
    close: async () => {},
  };
}
