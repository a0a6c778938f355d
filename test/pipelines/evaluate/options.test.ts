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

test.each([["region"], ["fasta"]])("refuses a split beside --%s", (other) => {
  expect(() => evaluateConfig({ run: "runs/a", split: "train", [other]: "a" })).toThrow(
    new ConfigError(`expected --split or --${other}, got both: a split is of the run's own genome`),
  );
});
