import { expect, test } from "vitest";
import type { OptionTable } from "../../src/config/option-table.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { positiveInteger, text } from "../../src/config/value-types.ts";
import { ConfigError } from "../../src/errors.ts";

interface Config {
  readonly train: { readonly steps: number; readonly clip?: number };
  readonly run: string;
}

const table: OptionTable<Config> = {
  train: {
    steps: { type: positiveInteger(), default: 10, help: "updates" },
    clip: { type: positiveInteger(), default: 1, canBeOff: true, help: "largest norm" },
  },
  run: { type: text("RUN"), required: "RUN, the folder of a run", help: "a run" },
};

const run = new Map([["run", "runs/a"]]);

test("what no layer says is the default", () => {
  expect(resolveConfig(table, [run])).toEqual({ train: { steps: 10, clip: 1 }, run: "runs/a" });
});

test("the last layer wins, key by key", () => {
  const layers = [
    new Map([
      ["train.steps", 1],
      ["train.clip", 2],
    ]),
    run,
    new Map([["train.steps", 3]]),
  ];
  expect(resolveConfig(table, layers).train).toEqual({ steps: 3, clip: 2 });
});

test("what is off is absent", () => {
  const config = resolveConfig(table, [run, new Map([["train.clip", undefined]])]);
  expect(Object.keys(config.train)).toEqual(["steps"]);
});

test("the result is frozen, sections included", () => {
  const config = resolveConfig(table, [run]);
  expect(Object.isFrozen(config) && Object.isFrozen(config.train)).toBe(true);
});

test("a required value must be somewhere", () => {
  expect(() => resolveConfig(table, [])).toThrow(
    new ConfigError("expected RUN, the folder of a run, got nothing"),
  );
});
