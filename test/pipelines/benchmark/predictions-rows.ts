/** The rows of a benchmark's table of predictions. */

import { readArrowTable } from "../../../src/data/table/read-arrow-table.ts";
import type { Column } from "../../../src/data/table/table.ts";
import type { NaiveRow } from "../../naive/classification-metrics.ts";

export interface PredictionRow extends NaiveRow {
  readonly set: string;
  readonly model: string;
  readonly seed: number;
  readonly id: string;
  readonly predicted: string;
  readonly length: number;
  readonly gc: number;
  readonly nearest: number;
  readonly isDeduplicated: boolean;
  readonly group: number;
}

export async function readRows(path: string): Promise<PredictionRow[]> {
  const { columns, metadata } = await readArrowTable(path);
  const classesOf = JSON.parse(metadata.classes as string) as Record<string, string[]>;
  const values = (name: string): Column["values"] =>
    columns.find((column) => column.name === name)?.values ?? [];
  return Array.from({ length: values("id").length }, (_, i) => {
    const get = (name: string): unknown => values(name)[i];
    const set = String(get("set"));
    const p = Object.fromEntries(
      (classesOf[set] as string[]).map((name) => [name, Number(get(`p_${name}`))]),
    );
    const texts = ["model", "id", "label", "predicted"].map((name) => [name, String(get(name))]);
    const numbers = ["seed", "length", "gc", "nearest", "group"].map((name) => [
      ...[name, Number(get(name))],
    ]);
    const isDeduplicated = get("isDeduplicated") === 1;
    return {
      set,
      p,
      isDeduplicated,
      ...Object.fromEntries([...texts, ...numbers]),
    } as PredictionRow;
  });
}
