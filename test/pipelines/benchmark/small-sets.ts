/** Two small sets: one cut from a genome, with coordinates, overlaps and both strands; one of three classes without. */

import { writeFileSync } from "node:fs";
import { addressedRandom } from "../../../src/random/addressed.ts";
import { naiveReverseComplement } from "../../naive/context-model.ts";

/** Bases of the genome's one contig. */
export const CONTIG = { name: "chrP", bases: 12_000 } as const;
/** Stretches of this length are rich in G and C, and poor, in turns. */
const STRETCH = 200;

export interface PlacedRow {
  readonly id: string;
  readonly sequence: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly strand: "+" | "-";
}

/** Writes the genome as FASTA, and sequences of 64 to 99 bases of it as CSV, some of them twice. */
export function writePlacedSet(fasta: string, csv: string, count: number): readonly PlacedRow[] {
  const random = addressedRandom(7, "corruption");
  const letters = Array.from({ length: CONTIG.bases }, (_, at) => {
    const isRich = Math.floor(at / STRETCH) % 2 === 0;
    const isTypical = random.uniform(at) < 0.6;
    return (isTypical === isRich ? "GC" : "AT")[random.integer(2, at, 1)];
  });
  const contig = letters.join("");
  writeFileSync(fasta, `>${CONTIG.name}\n${contig}\n`);
  const rows = Array.from({ length: count }, (_, i): PlacedRow => {
    const place = i % 10 === 9 ? i - 9 : i; // one in ten is another one again
    const isRich = place % 2 === 0;
    const stretch = 2 * random.integer(CONTIG.bases / STRETCH / 2, place, 2) + (isRich ? 0 : 1);
    const length = 64 + random.integer(36, place, 3);
    const start = STRETCH * stretch + random.integer(STRETCH - length, place, 4);
    const strand = random.uniform(place, 5) < 0.5 ? "+" : "-";
    const bases = contig.slice(start, start + length);
    return {
      id: `p${i}`,
      sequence: strand === "+" ? bases : naiveReverseComplement(bases),
      label: isRich ? "rich" : "poor",
      ...{ start, end: start + length, strand },
    };
  });
  const lines = rows.map((r) =>
    [r.id, r.sequence, r.label, CONTIG.name, r.start, r.end, r.strand].join(","),
  );
  writeFileSync(csv, `id,sequence,label,contig,start,end,strand\n${lines.join("\n")}\n`);
  return rows;
}

/** Writes sequences of 57 to 76 bases as TSV, each with one letter more often than others. */
export function writePlainSet(path: string, count: number): void {
  const random = addressedRandom(8, "corruption");
  const lines = Array.from({ length: count }, (_, i) => {
    const favourite = "ACG"[i % 3] as string;
    const letters = Array.from({ length: 57 + random.integer(20, i) }, (_, at) =>
      random.uniform(i, 1, at) < 0.2 ? favourite : "ACGT"[random.integer(4, i, 2, at)],
    );
    return `q${i}\t${letters.join("")}\tmany ${favourite}`;
  });
  writeFileSync(path, `id\tsequence\tlabel\n${lines.join("\n")}\n`);
}
