import { expect, test } from "vitest";
import { evaluateConfig } from "../../../pipelines/evaluate/options.ts";
import { ConfigError } from "../../../src/errors.ts";

test("has a default for all but the run", () => {
  expect(evaluateConfig({ run: "runs/a" })).toEqual({
    run: "runs/a",
    split: "test",
    draws: 8,
    batchSize: 16,
    seed: 1,
    backend: "auto",
  });
  expect(() => evaluateConfig({})).toThrow(
    new ConfigError("expected RUN, the folder of a run, got nothing"),
  );
});

test("refuses a table whose extension says no format, before anything is computed", () => {
  const table = ["a.arrow", "b.tsv", "c.parquet"];
  expect(evaluateConfig({ run: "runs/a", table }).table).toEqual(table);
  expect(() => evaluateConfig({ run: "runs/a", table: ["a.tsv", "b.csv"] })).toThrow(
    new ConfigError("expected --table to end in .arrow, .tsv, .parquet, got b.csv"),
  );
});
