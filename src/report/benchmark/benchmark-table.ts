/** Every metric of a benchmark as a table of one number a row, for other tools. */

import type { Table } from "../../data/table/table.ts";
import type { BenchmarkRecord } from "../benchmark-record.ts";
import { TEST_KINDS } from "../benchmark-record.ts";
import { METRIC_NAMES } from "../metric-labels.ts";

/** Rows by set, model, seed, test (`whole` or `deduplicated`) and metric; a metric that is not defined has none. */
export function benchmarkTable({ sets, provenance }: BenchmarkRecord): Table {
  const rows = sets.flatMap((set) =>
    set.models.flatMap((model) =>
      model.seeds.flatMap(({ seed, tests }) =>
        TEST_KINDS.flatMap((test) =>
          METRIC_NAMES.flatMap((metric) => {
            const value = tests[test][metric];
            const { sequences } = tests[test];
            if (value === undefined) return [];
            return [{ set: set.name, model: model.name, seed, test, sequences, metric, value }];
          }),
        ),
      ),
    ),
  );
  const text = (name: "set" | "model" | "test" | "metric"): Table["columns"][number] => ({
    name,
    type: "utf8",
    values: rows.map((row) => row[name]),
  });
  return {
    columns: [
      text("set"),
      text("model"),
      { name: "seed", type: "int64", values: rows.map(({ seed }) => seed) },
      text("test"),
      { name: "sequences", type: "int32", values: Int32Array.from(rows, (row) => row.sequences) },
      text("metric"),
      { name: "value", type: "float64", values: Float64Array.from(rows, ({ value }) => value) },
    ],
    metadata: { gdiffVersion: provenance.gdiffVersion, date: provenance.date },
  };
}
