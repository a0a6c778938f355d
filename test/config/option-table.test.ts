import { expect, test } from "vitest";
import {
  flattenOptions,
  isOptional,
  type OptionTable,
  withoutFlags,
} from "../../src/config/option-table.ts";
import { positiveInteger, text } from "../../src/config/value-types.ts";

interface Config {
  readonly train: { readonly steps: number; readonly clip?: number };
  readonly out?: string;
  readonly run: string;
}

const steps = { type: positiveInteger(), default: 1, flag: "--steps", help: "updates" } as const;
const clip = { type: positiveInteger(), default: 1, canBeOff: true, help: "largest norm" } as const;
const out = { type: text("RUN"), default: undefined, help: "run" };
const run = { type: text("RUN"), required: "RUN", help: "run" };
const table: OptionTable<Config> = { train: { steps, clip }, out, run };

test("keys are dotted and in table order", () => {
  expect([...flattenOptions(table).keys()]).toEqual(["train.steps", "train.clip", "out", "run"]);
});

test("off is for what has no default, and for what says so", () => {
  const flags = [...flattenOptions(table)].map(([key, option]) => [key, isOptional(option)]);
  expect(flags).toEqual([
    ["train.steps", false],
    ["train.clip", true],
    ["out", true],
    ["run", false],
  ]);
});

test("a section without flags is else the same", () => {
  const { flag: _, ...bare } = steps;
  expect(withoutFlags(table.train)).toEqual({ steps: bare, clip });
});

test("the compiler holds the table to its configuration", () => {
  // @ts-expect-error: `run` is missing
  const missing: OptionTable<Config> = { train: { steps, clip }, out };
  // @ts-expect-error: `steps` takes a number
  const wrong: OptionTable<Config> = { train: { steps: out, clip }, out, run };
  // @ts-expect-error: `lr` is not of this configuration
  const unknown: OptionTable<Config> = { train: { steps, clip }, out, run, lr: steps };
  const maybeOff = { ...steps, canBeOff: true } as const;
  // @ts-expect-error: `steps` cannot be off
  const off: OptionTable<Config> = { train: { steps: maybeOff, clip }, out, run };
  expect([missing, wrong, unknown, off]).toHaveLength(4);
});
