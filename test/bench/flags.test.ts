import { describe, expect, test } from "vitest";
import { parseFlags, parseNamesAndFlags, positives, text } from "../../bench/flags.ts";
import { UsageError } from "../../src/errors.ts";

const FLAGS = { run: text, json: { type: "boolean" } } as const;

test("flags have their values, and names stand beside them", () => {
  expect(parseFlags(["--run", "a", "--json"], FLAGS)).toEqual({ run: "a", json: true });
  expect(parseNamesAndFlags(["b", "--run=a"], FLAGS)).toMatchObject({
    values: { run: "a" },
    positionals: ["b"],
  });
});

describe("a usage error", () => {
  test.each([
    [["--runs", "a"], "Unknown option '--runs'"],
    [["--run"], "Option '--run <value>' argument missing"],
    [["--json=1"], "Option '--json' does not take an argument"],
    [["a", "--json", "b"], "expected flags only, got a b"],
  ])("is made of %j", (argv, message) => {
    expect(() => parseFlags(argv, FLAGS)).toThrow(UsageError);
    expect(() => parseFlags(argv, FLAGS)).toThrow(message);
  });

  test("is made of a list with something else than positive whole numbers", () => {
    expect(positives("--calls", "1,20")).toEqual([1, 20]);
    for (const list of ["", "1,", "0", "1.5", "10000000"])
      expect(() => positives("--calls", list)).toThrow(
        /^expected --calls to be a positive whole number, got/,
      );
  });
});
