import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDuration } from "../../src/config/duration.ts";
import {
  formatBytes,
  formatCount,
  formatDigits,
  formatDuration,
  formatNames,
  formatNumberOf,
  formatOneLine,
} from "../../src/util/format.ts";

test("counts have commas, whatever the locale", () => {
  expect(formatCount(1_234_567)).toBe("1,234,567");
  expect(formatCount(0)).toBe("0");
  expect([0, 1, 2000].map((count) => formatNumberOf(count, "contig"))).toEqual([
    "0 contigs",
    "1 contig",
    "2,000 contigs",
  ]);
});

test("names are the first few", () => {
  expect(formatNames([])).toBe("");
  expect(formatNames(["a", "b"], 2)).toBe("a, b");
  expect(formatNames(["a", "b", "c"], 2)).toBe("a, b and 1 more");
});

test("bytes are in binary units", () => {
  expect(formatBytes(0)).toBe("0 bytes");
  expect(formatBytes(1023)).toBe("1023 bytes");
  expect(formatBytes(1536)).toBe("1.5 KiB");
  expect(formatBytes(2 ** 40)).toBe("1.0 TiB");
  expect(formatBytes(2 ** 60)).toBe("1048576.0 TiB");
});

test("rates keep three digits", () => {
  expect(formatDigits(12.3456)).toBe("12.3");
  expect(formatDigits(0.012_34)).toBe("0.0123");
  expect(formatDigits(123_456.7)).toBe("123,457");
  expect(formatDigits(0)).toBe("0");
});

describe("formatDuration", () => {
  test("leaves out what is zero", () => {
    expect(formatDuration(0)).toBe("0s");
    expect(formatDuration(1500)).toBe("1.5s");
    expect(formatDuration(5_400_000)).toBe("1h30m");
    expect(formatDuration(90_061_000)).toBe("1d1h1m1s");
  });

  test("reads back to the millisecond", () => {
    const milliseconds = fc.integer({ min: 1, max: 3650 * 86_400_000 });
    fc.assert(fc.property(milliseconds, (ms) => parseDuration(formatDuration(ms)) === ms));
  });
});

test("text for one line has no control characters", () => {
  expect(formatOneLine("a\nb\u001b[31mc\u0085\u2028")).toBe("a\\nb\\x1b[31mc\\x85\\x2028");
  expect(formatOneLine("λ · A…")).toBe("λ · A…");
});
