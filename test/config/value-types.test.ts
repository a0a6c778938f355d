import { describe, expect, test } from "vitest";
import {
  choice,
  decay,
  duration,
  fraction,
  integerFrom,
  nonNegativeNumber,
  positiveInteger,
  positiveNumber,
  text,
  textList,
  type ValueType,
  wholeNumber,
  yesOrNo,
} from "../../src/config/value-types.ts";
import { expectedValue } from "../../src/util/expect.ts";

/** The sentence of a refused text of a flag, or the value that an accepted one becomes. */
function read<T>(type: ValueType<T>, flagText: string): T | string {
  const raw = type.fromText(flagText);
  return type.fromYaml(raw) ?? expectedValue("--flag", type.expectation(raw), raw);
}

describe("positiveInteger", () => {
  test.each([
    ["1", 1],
    ["+7", 7],
    ["1e3", 1000],
    ["0", "expected --flag to be a positive integer, got 0 (number)"],
    ["-1", "expected --flag to be a positive integer, got -1 (number)"],
    ["1.5", "expected --flag to be a positive integer, got 1.5 (number)"],
    ["NaN", "expected --flag to be a positive integer, got NaN (number)"],
    ["-Infinity", "expected --flag to be a positive integer, got -Infinity (number)"],
    ["", 'expected --flag to be a positive integer, got "" (string)'],
    ["0x10", 'expected --flag to be a positive integer, got "0x10" (string)'],
    ["1_000", 'expected --flag to be a positive integer, got "1_000" (string)'],
    [" 1", 'expected --flag to be a positive integer, got " 1" (string)'],
    ["1001", "expected --flag to be a positive integer of at most 1000, got 1001 (number)"],
    ["1e999", "expected --flag to be a positive integer of at most 1000, got Infinity (number)"],
  ])("reads %j", (flagText, result) => {
    expect(read(positiveInteger(1000), flagText)).toBe(result);
  });

  test("refuses integers that a number does not hold exactly", () => {
    expect(read(positiveInteger(), "99999999999999999999")).toBe(
      "expected --flag to be a positive integer of at most 9007199254740991, got 100000000000000000000 (number)",
    );
  });
});

test.each([
  [wholeNumber(), "0", 0],
  [wholeNumber(), "-1", "expected --flag to be a whole number, got -1 (number)"],
  [integerFrom(2, 9), "1", "expected --flag to be an integer from 2, got 1 (number)"],
  [
    integerFrom(2, 9),
    "10",
    "expected --flag to be an integer from 2 of at most 9, got 10 (number)",
  ],
  [positiveNumber(), "1e-3", 0.001],
  [positiveNumber(), ".5", 0.5],
  [positiveNumber(), "0", "expected --flag to be a positive number, got 0 (number)"],
  [positiveNumber(), "Infinity", "expected --flag to be a positive number, got Infinity (number)"],
  [nonNegativeNumber(), "0", 0],
  [nonNegativeNumber(), "-0.1", "expected --flag to be a number of 0 or more, got -0.1 (number)"],
  [fraction(), "1", 1],
  [fraction(), "1.01", "expected --flag to be a number from 0 to 1, got 1.01 (number)"],
  [decay(), "0.999", 0.999],
  [decay(), "1", "expected --flag to be a number from 0 to below 1, got 1 (number)"],
  [text("FILE"), "a b", "a b"],
  [text("FILE"), "", 'expected --flag to be a text that is not empty, got "" (string)'],
  [yesOrNo(), "true", true],
  [yesOrNo(), "false", false],
  [yesOrNo(), "yes", 'expected --flag to be true or false, got "yes" (string)'],
  [choice(["wasm", "cpu"]), "cpu", "cpu"],
  [
    choice(["wasm", "cpu"]),
    "wsam",
    'expected --flag to be one of wasm, cpu (wasm?), got "wsam" (string)',
  ],
  [
    choice(["wasm", "cpu"]),
    "gpu!",
    'expected --flag to be one of wasm, cpu (cpu?), got "gpu!" (string)',
  ],
  [choice(["wasm", "cpu"]), "cuda", 'expected --flag to be one of wasm, cpu, got "cuda" (string)'],
  [duration(), "60m", 3_600_000],
  [duration(), "60", 'expected --flag to be a time such as 90s, 60m or 1h30m, got "60" (string)'],
] as [ValueType<unknown>, string, unknown][])("type %# reads %j", (type, flagText, result) => {
  expect(read(type, flagText)).toBe(result);
});

test("a time is text with units in YAML, milliseconds in a program", () => {
  expect(duration().fromYaml(60)).toBeUndefined();
  expect(duration().check(60)).toBe(60);
  expect(duration().check("60m")).toBeUndefined();
  expect(duration().toYaml(5_400_000)).toBe("1h30m");
});

test("a list takes texts and nothing else", () => {
  expect(textList("FILE").fromYaml(["a", "b"])).toEqual(["a", "b"]);
  expect(textList("FILE").fromYaml(["a", ""])).toBeUndefined();
  expect(textList("FILE").fromYaml("a")).toBeUndefined();
  expect(textList("FILE").expectation("a")).toBe("a list of texts that are not empty");
});

test.each([
  [
    text("REGIONS"),
    21,
    "expected train to be a text that is not empty (put it in quotes), got 21 (number)",
  ],
  [
    text("REGIONS"),
    true,
    "expected train to be a text that is not empty (put it in quotes), got true (boolean)",
  ],
  [text("REGIONS"), [21], "expected train to be a text that is not empty, got a list"],
  [
    textList("REGIONS"),
    ["20", 21],
    "expected train to be a list of texts that are not empty (put it in quotes), got a list",
  ],
  [
    textList("REGIONS"),
    ["20", ""],
    "expected train to be a list of texts that are not empty, got a list",
  ],
])("%# tells to quote what YAML does not take for text", (type, value, message) => {
  expect(type.fromYaml(value)).toBeUndefined();
  expect(expectedValue("train", type.expectation(value), value)).toBe(message);
});
