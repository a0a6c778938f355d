/** What a run remembers of its data, so that it is not resumed on other data unnoticed. */

import type { Splits } from "../../src/data/splits.ts";
import type { Genome } from "../../src/genome/genome.ts";
import { sha256Hex } from "../../src/util/sha256.ts";

/** SHA-256 of the contigs' names and lengths and of the splits; not of the bases. */
export function dataDigest(genome: Genome, splits: Splits): string {
  const facts = {
    contigs: genome.contigs.map(({ name, length }) => [name, length]),
    splits: [splits.train, splits.valid, splits.test].map((intervals) =>
      intervals.map(({ contig, start, end }) => [contig, start, end]),
    ),
  };
  return sha256Hex(new TextEncoder().encode(JSON.stringify(facts)));
}
