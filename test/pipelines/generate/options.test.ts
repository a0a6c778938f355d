import { expect, test } from "vitest";
import { generateConfig } from "../../../pipelines/generate/options.ts";
import { ConfigError } from "../../../src/errors.ts";

test("has a default for all but the run", () => {
  expect(generateConfig({ run: "runs/a", sample: { length: 64 } })).toEqual({
    run: "runs/a",
    sample: {
      ...{ count: 8, length: 64, batchSize: 16 },
      ...{ temperature: 1, topP: 1 },
    },
    constraints: { tries: 16 },
    strand: "forward",
    seed: 1,
    backend: "auto",
  });
  expect(() => generateConfig({})).toThrow(
    new ConfigError("expected RUN, the folder of a run, got nothing"),
  );
});

test("refuses a length beside a prompt, which has its own", () => {
  const part = { run: "runs/a", prompt: "a.fa", sample: { length: 64 } };
  expect(() => generateConfig(part)).toThrow(
    new ConfigError("expected --prompt or --length, got both: a prompt has its own length"),
  );
});

test("allows temperature 0, and none below", () => {
  const at = (temperature: number) => generateConfig({ run: "runs/a", sample: { temperature } });
  expect(at(0).sample.temperature).toBe(0);
  expect(() => at(-0.5)).toThrow(ConfigError);
});

test("refuses a bound beside a stride, whose sequences no window holds", () => {
  expect(() => generateConfig({ run: "runs/a", nelbo: 4, sample: { stride: 8 } })).toThrow(
    new ConfigError(
      "expected --nelbo or --stride, got both: the bound is of a sequence that the model's window holds",
    ),
  );
});
