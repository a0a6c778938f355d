import { expect, test } from "vitest";
import { describeValue, expectedValue } from "../../src/util/expect.ts";

test("says what was expected and what came", () => {
  expect(expectedValue("--batch-size", "a positive integer", -1)).toBe(
    "expected --batch-size to be a positive integer, got -1 (number)",
  );
});

test.each([
  [undefined, "nothing"],
  [null, "null"],
  [[1], "a list"],
  [new Map(), "a mapping"],
  [{}, "a mapping"],
  [Number.NaN, "NaN (number)"],
  [true, "true (boolean)"],
  ['a "b"', '"a \\"b\\"" (string)'],
  ["x".repeat(61), `"${"x".repeat(60)}"… (string)`],
])("describes %j as %s", (value, words) => {
  expect(describeValue(value)).toBe(words);
});
