import { expect, test } from "vitest";
import { generateConfig } from "../../../pipelines/generate/options.ts";
import { ConfigError } from "../../../src/errors.ts";

test("has a default for all but the run", () => {
  expect(generateConfig({ run: "runs/a", sample: { length: 64 } })).toEqual({
    run: "runs/a",
    sample: { count: 8, length: 64, temperature: 1, method: "random-order", batchSize: 16 },
    seed: 1,
    backend: "auto",
  });
  expect(() => generateConfig({})).toThrow(
    new ConfigError("expected RUN, the folder of a run, got nothing"),
  );
});
