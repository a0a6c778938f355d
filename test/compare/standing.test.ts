import { describe, expect, test } from "vitest";
import type { Compared } from "../../src/compare/compare-arms.ts";
import { figures, type MeasureResult } from "../../src/compare/figure.ts";
import { type JudgedMeasure, judge } from "../../src/compare/standing.ts";
import { xorshift32 } from "../support/random-ids.ts";

const NONE = { value: undefined, interval: undefined, standardError: undefined };

function compared(difference: number | undefined, standardError: number | undefined): Compared {
  const one = { value: 1, interval: undefined, standardError: undefined };
  const between = { value: difference, interval: undefined, standardError };
  return { generated: one, real: one, difference: between, ratio: NONE };
}

function result(numbers: readonly Compared[], blocks = 128): MeasureResult {
  const names = numbers.map((_, i) => [`n${i}`, `number ${i}`, "none"] as const);
  return {
    measure: "kmers",
    blocks,
    figures: figures(names, numbers),
    details: [],
    curves: [],
    notes: [],
  };
}

/** With so many draws that errors are as good as blocks make them. */
const judgeAll = (results: readonly MeasureResult[]): JudgedMeasure[] => judge(results, 1_000_000);

describe("standings", () => {
  test("one number alone differs beyond Student's t, about two errors", () => {
    const standingOf = (difference: number): string | undefined =>
      judgeAll([result([compared(difference, 1)])])[0]?.figures[0]?.standing;
    expect([1.97, 1.99, -1.97, -1.99, 0].map(standingOf)).toEqual([
      "alike",
      "higher",
      "alike",
      "lower",
      "alike",
    ]);
  });

  test("the more numbers, the more errors it takes", () => {
    const many = Array.from({ length: 100 }, () => compared(3, 1));
    const [first, ...others] = judgeAll([result(many), result([compared(5, 1)])]);
    expect(first?.limit).toBeGreaterThan(3.5);
    expect(first?.limit).toBeLessThan(3.7); // t of 127 degrees, 0.05 / 202 in the tail
    expect(first?.figures.every(({ standing }) => standing === "alike")).toBe(true);
    expect(others[0]?.figures[0]).toMatchObject({ standing: "higher", errors: 5 });
  });

  test("fewer blocks take more errors, and few give no standing", () => {
    const limits = [128, 32, 8, 7].map(
      (blocks) => judgeAll([result([compared(9, 1)], blocks)])[0]?.limit,
    );
    expect(limits[0]).toBeLessThan(limits[1] as number);
    expect(limits[1]).toBeLessThan(limits[2] as number);
    expect(limits[3]).toBeUndefined();
    expect(judgeAll([result([compared(9, 1)], 7)])[0]?.figures[0]?.standing).toBe("unknown");
  });

  test("what is not known has none; no spread at all is a difference or none", () => {
    const numbers = [
      compared(undefined, undefined),
      compared(2, undefined),
      compared(0, 0),
      compared(2, 0),
      compared(-2, 0),
    ];
    const found = judgeAll([result(numbers)])[0]?.figures.map(({ standing, errors }) => [
      standing,
      errors,
    ]);
    expect(found).toEqual([
      ["unknown", undefined],
      ["unknown", undefined],
      ["alike", 0],
      ["higher", undefined],
      ["lower", undefined],
    ]);
  });

  test("chance makes a number differ in about one report of twenty", () => {
    const next = xorshift32(5);
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    let reports = 0;
    for (let report = 0; report < 600; report++) {
      const numbers = Array.from({ length: 40 }, () => compared(normal(), 1));
      const [judged] = judgeAll([result(numbers, 100_000)]);
      if (judged?.figures.some(({ standing }) => standing !== "alike")) reports++;
    }
    expect(reports).toBeGreaterThan(14); // 30 ± 5.3
    expect(reports).toBeLessThan(46);
  });

  test("so it does where errors are of few draws", () => {
    const next = xorshift32(6);
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const drawnError = (draws: number): number => {
      const values = Array.from({ length: draws }, normal);
      const mean = values.reduce((sum, x) => sum + x / draws, 0);
      return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (draws - 1));
    };
    let reports = 0;
    for (let report = 0; report < 600; report++) {
      const numbers = Array.from({ length: 40 }, () => compared(normal(), drawnError(20)));
      const [judged] = judge([result(numbers, 128)], 20);
      if (judged?.figures.some(({ standing }) => standing !== "alike")) reports++;
    }
    expect(reports).toBeGreaterThan(14); // 30 ± 5.3; by blocks alone 88
    expect(reports).toBeLessThan(46);
  });
});

test("a ratio is not below 0, and what every draw gives alike has no interval", () => {
  const even = { value: 0.2, interval: { low: 0.2, high: 0.2 }, standardError: 0 };
  const ratio = { value: 0.4, interval: { low: -0.3, high: 1.3 }, standardError: 0.4 };
  const one: Compared = { generated: even, real: even, difference: NONE, ratio };
  const [bits, contrast] = figures(
    [
      ["a", "a", "bits"],
      ["b", "b", "bits", [-2, 2]],
    ],
    [one, one],
  );
  expect(bits?.ratio.interval).toEqual({ low: 0, high: 1.3 });
  expect(contrast?.ratio.interval).toEqual({ low: -0.3, high: 1.3 });
  expect(bits?.generated).toEqual({ ...even, interval: undefined });
});

test("intervals do not leave what a number can be", () => {
  const wide: Compared = {
    generated: { value: 0.01, interval: { low: -0.02, high: 0.05 }, standardError: 0.01 },
    real: { value: 0.99, interval: { low: 0.9, high: 1.1 }, standardError: 0.05 },
    difference: { value: -0.98, interval: { low: -1.1, high: -0.9 }, standardError: 0.05 },
    ratio: NONE,
  };
  const [share, bits, correlation] = figures(
    [
      ["a", "a", "share"],
      ["b", "b", "bits"],
      ["c", "c", "none", [-1, 1]],
    ],
    [wide, wide, wide],
  );
  expect([share?.generated.interval, share?.real.interval]).toEqual([
    { low: 0, high: 0.05 },
    { low: 0.9, high: 1 },
  ]);
  expect([bits?.generated.interval, bits?.real.interval]).toEqual([
    { low: 0, high: 0.05 },
    { low: 0.9, high: 1.1 },
  ]);
  expect(correlation?.generated.interval).toEqual({ low: -0.02, high: 0.05 });
  expect(correlation?.real.interval).toEqual({ low: 0.9, high: 1 });
  expect(share?.difference).toEqual(wide.difference);
});
