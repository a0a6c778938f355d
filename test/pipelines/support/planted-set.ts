/** Labelled sequences that a small network can tell apart: those of class "gc" have G and C where the others have A and T, three times in four. */

import { writeFileSync } from "node:fs";
import { addressedRandom } from "../../../src/random/addressed.ts";

export interface PlantedRow {
  readonly id: string;
  readonly sequence: string;
  readonly label: "at" | "gc";
}

/** Rows of 20 to 59 bases, one class and the other in turns. */
export function plantedRows(count: number, seed: number): PlantedRow[] {
  const random = addressedRandom(seed, "corruption");
  return Array.from({ length: count }, (_, i) => {
    const label = i % 2 === 0 ? "at" : "gc";
    const length = 20 + random.integer(40, i);
    const bases = Array.from({ length }, (_, at) => {
      const isTypical = random.uniform(i, 1, at) < 0.75;
      const letters = isTypical === (label === "gc") ? "GC" : "AT";
      return letters[random.integer(2, i, 2, at)];
    });
    return { id: `s${seed}-${i}`, sequence: bases.join(""), label };
  });
}

/** Writes rows as CSV with the usual names of columns. */
export function writePlanted(path: string, rows: readonly PlantedRow[]): void {
  const lines = rows.map(({ id, sequence, label }) => `${id},${sequence},${label}`);
  writeFileSync(path, `id,sequence,label\n${lines.join("\n")}\n`);
}
