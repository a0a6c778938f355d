/** Small genomes of written-out bases. */

import type { Genome } from "../../src/genome/genome.ts";
import { memoryGenome } from "../../src/genome/memory-genome.ts";

/** A genome of texts by contig name. */
export function genomeOf(contigs: Readonly<Record<string, string>>): Genome {
  const list = Object.entries(contigs).map(([name, text]) => ({
    name,
    bases: new TextEncoder().encode(text),
  }));
  return memoryGenome("small.fa", list);
}
