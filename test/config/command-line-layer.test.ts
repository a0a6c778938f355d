import { describe, expect, test } from "vitest";
import { evaluateOptions } from "../../pipelines/evaluate/options.ts";
import { finetuneOptions } from "../../pipelines/finetune/options.ts";
import { pretrainOptions } from "../../pipelines/pretrain/options.ts";
import { commandLineLayer } from "../../src/config/command-line-layer.ts";
import { flattenOptions } from "../../src/config/option-table.ts";
import { UsageError } from "../../src/errors.ts";

const PRETRAIN = flattenOptions(pretrainOptions);

type Flags = Readonly<Record<string, readonly string[]>>;

function layer(flags: Flags, assignments: readonly string[] = [], options = PRETRAIN): unknown {
  return Object.fromEntries(commandLineLayer(new Map(Object.entries(flags)), assignments, options));
}

describe("commandLineLayer", () => {
  test("flags and assignments name the same keys", () => {
    const flags = { "--steps": ["5"], "--resume": ["true"], "--max-time": ["60m"] };
    expect(layer(flags, ["train.lr=1e-3", "data.genome=demo", "model.width=64"])).toEqual({
      "train.steps": 5,
      resume: true,
      "train.maxTime": 3_600_000,
      "train.lr": 0.001,
      "data.genome": "demo",
      "model.width": 64,
    });
  });

  test("the text of an assignment goes to the end, equals signs included", () => {
    expect(layer({}, ["data.fasta=a=b c.fa"])).toEqual({ "data.fasta": "a=b c.fa" });
  });

  test("null switches off what can be off", () => {
    expect(layer({}, ["train.clip=null", "data.genome=null"])).toEqual({
      "train.clip": undefined,
      "data.genome": undefined,
    });
    const options = flattenOptions(finetuneOptions);
    expect(layer({ "--patience": ["null"] }, [], options)).toEqual({ "train.patience": undefined });
    expect(layer({ "--fasta": ["null"] })).toEqual({ "data.fasta": "null" }); // a file's name
    expect(() => layer({}, ["train.steps=null"])).toThrow(
      new UsageError("expected train.steps to be a positive integer, got null"),
    );
  });

  test("a repeated flag is a list where the option is one", () => {
    const options = flattenOptions(evaluateOptions);
    expect(layer({ "--table": ["a.tsv", "b.arrow"], run: ["runs/a"] }, [], options)).toEqual({
      run: "runs/a",
      table: ["a.tsv", "b.arrow"],
    });
  });

  test("saying one thing twice is fine, saying two is not", () => {
    expect(layer({ "--steps": ["5", "5.0"] }, ["train.steps=5"])).toEqual({ "train.steps": 5 });
    expect(() => layer({ "--steps": ["100"] }, ["train.steps=200"])).toThrow(
      new UsageError(
        "expected one value of train.steps, got --steps 100 and --set train.steps=200",
      ),
    );
    expect(() => layer({ "--steps": ["1", "2"] })).toThrow(
      new UsageError("expected one value of train.steps, got --steps 1 and --steps 2"),
    );
    expect(() => layer({ "--resume": ["true"] }, ["resume=false"])).toThrow(
      new UsageError("expected one value of resume, got --resume and --set resume=false"),
    );
    expect(() => layer({}, ["train.clip=1", "train.clip=null"])).toThrow(
      new UsageError(
        "expected one value of train.clip, got --set train.clip=1 and --set train.clip=null",
      ),
    );
  });

  test("a refused value is named as it was given", () => {
    expect(() => layer({ "--batch-size": ["-1"] })).toThrow(
      new UsageError("expected --batch-size to be a positive integer, got -1 (number)"),
    );
    expect(() => layer({}, ["train.batchSize=-1"])).toThrow(
      new UsageError("expected train.batchSize to be a positive integer, got -1 (number)"),
    );
    expect(() => layer({ "--table": [""] }, [], flattenOptions(evaluateOptions))).toThrow(
      new UsageError("expected --table to be a list of texts that are not empty, got a list"),
    );
  });

  test.each([
    ["train.stpes=1", "--set: unknown key train.stpes: did you mean train.steps?"],
    ["steps=1", "--set: unknown key steps: did you mean train.steps?"],
    ["__proto__.x=1", "--set: unknown key __proto__.x"],
    ["constructor=1", "--set: unknown key constructor"],
    ["train=1", "--set: unknown key train: did you mean data.train?"],
    ["train.steps", 'expected --set to be key=value, got "train.steps" (string)'],
    ["=1", 'expected --set to be key=value, got "=1" (string)'],
    ["", 'expected --set to be key=value, got "" (string)'],
    ["train.steps=", 'expected train.steps to be a positive integer, got "" (string)'],
    ["train.lr=NaN", "expected train.lr to be a positive number, got NaN (number)"],
  ])("refuses --set %j", (assignment, message) => {
    expect(() => layer({}, [assignment])).toThrow(new UsageError(message));
  });
});
