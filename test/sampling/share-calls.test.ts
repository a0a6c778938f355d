import { expect, it } from "vitest";
import { SamplingError } from "../../src/errors.ts";
import { shareCalls } from "../../src/sampling/share-calls.ts";

it("gives each part one call at least, and as many as it has positions when there are enough", () => {
  expect(shareCalls(4, [1, 50, 3, 2], "block")).toEqual([1, 1, 1, 1]);
  expect(shareCalls(56, [1, 50, 3, 2], "block")).toEqual([1, 50, 3, 2]);
  expect(shareCalls(16, [8, 8, 8, 8], "block")).toEqual([4, 4, 4, 4]);
  expect(shareCalls(5, [1, 1], "block")).toEqual([1, 1]);
  expect(shareCalls(7, [], "block")).toEqual([]);
});

it("shares all calls, never more", () => {
  for (let calls = 5; calls < 200; calls += 7) {
    const shares = shareCalls(calls, [3, 40, 1, 17, 29], "window");
    expect(shares.reduce((sum, n) => sum + n, 0)).toBe(calls);
    expect(Math.min(...shares)).toBeGreaterThan(0);
  }
});

it("refuses fewer calls than parts", () => {
  expect(() => shareCalls(2, [4, 4, 4], "window")).toThrow(
    new SamplingError(
      "expected at least one call a window, got 2 calls for 3: give more calls, or fewer and longer windows",
    ),
  );
});
