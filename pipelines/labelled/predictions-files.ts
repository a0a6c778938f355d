/** The tables of predictions that a trained classifier leaves in its folder. */

import { join } from "node:path";
import { readArrowTable } from "../../src/data/table/read-arrow-table.ts";
import type { Table } from "../../src/data/table/table.ts";

/** Parts that are predicted once training has ended. */
export type PredictedPart = "valid" | "test";

export function predictionsPath(folder: string, part: PredictedPart): string {
  return join(folder, `predictions.${part}.arrow`);
}

/** @throws {FileError | TableError} when it is missing or damaged */
export function readPredictions(folder: string, part: PredictedPart): Promise<Table> {
  return readArrowTable(predictionsPath(folder, part));
}
