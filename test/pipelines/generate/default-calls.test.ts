import { describe, expect, test } from "vitest";
import { defaultCalls } from "../../../pipelines/generate/default-calls.ts";

const RANDOM_ORDER = { method: "random-order" } as const;

describe("calls that nobody asked for", () => {
  test.each([
    [1, 1],
    [32, 32],
    [33, 32],
    [128, 32],
    [129, 33],
    [256, 64],
    [1024, 256],
  ])("of %i free bases in random order are %i", (free, calls) => {
    expect(defaultCalls(free, RANDOM_ORDER, false)).toBe(calls);
  });

  test("are one a base with another method, window after window, and where something weighs each base", () => {
    expect(defaultCalls(1024, { method: "confidence" }, false)).toBe(1024);
    expect(defaultCalls(1024, { ...RANDOM_ORDER, stride: 100 }, false)).toBe(1024);
    expect(defaultCalls(1024, RANDOM_ORDER, true)).toBe(1024);
  });
});
