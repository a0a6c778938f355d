import { describe, expect, test } from "vitest";
import { compareAdditive } from "../../src/compare/additive.ts";
import { type Arms, dealArms } from "../../src/compare/arms.ts";
import {
  type BlockSums,
  blockCount,
  blockOf,
  sumBlocks,
  weightedSums,
} from "../../src/compare/block-sums.ts";
import { type Compared, compareArms, type Statistic } from "../../src/compare/compare-arms.ts";
import { linearised } from "../../src/compare/linearised.ts";
import { randomIds, xorshift32 } from "../support/random-ids.ts";

const OPTIONS = { seed: 1, replicates: 800 };

/** The mean of values of blocks. */
const meanOf =
  (values: Float64Array): Statistic =>
  (own) => {
    const [sum, count] = [
      own.reduce((total, weight, i) => total + weight * (values[i] as number), 0),
      own.reduce((total, weight) => total + weight, 0),
    ];
    return Float64Array.of(sum / count);
  };

function normal(size: number, mean: number, seed: number): Float64Array {
  const next = xorshift32(seed);
  const one = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return Float64Array.from({ length: size }, () => mean + one());
}

describe("means of independent values", () => {
  const [a, b] = [normal(100, 5, 1), normal(100, 4, 2)];
  const [found] = compareArms({ generated: meanOf(a), real: meanOf(b) }, 100, OPTIONS) as [
    Compared,
  ];
  const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x / 100, 0);
  const error = (values: Float64Array): number =>
    Math.sqrt(values.reduce((sum, x) => sum + (x - mean(values)) ** 2, 0)) / 100;

  test("have the errors of theory, s / √n, and 1.96 of them as intervals", () => {
    for (const [one, values] of [
      [found.generated, a],
      [found.real, b],
    ] as const) {
      expect(one.value).toBeCloseTo(mean(values), 12);
      expect((one.standardError as number) / error(values)).toBeGreaterThan(0.9);
      expect((one.standardError as number) / error(values)).toBeLessThan(1.1);
      const { low = 0, high = 0 } = one.interval ?? {};
      expect((high - low) / (2 * 1.96 * error(values))).toBeGreaterThan(0.88);
      expect((high - low) / (2 * 1.96 * error(values))).toBeLessThan(1.12);
    }
  });

  test("have a difference with the error of both, and a ratio", () => {
    expect(found.difference.value).toBeCloseTo(mean(a) - mean(b), 12);
    const both = Math.hypot(error(a), error(b));
    expect((found.difference.standardError as number) / both).toBeGreaterThan(0.9);
    expect((found.difference.standardError as number) / both).toBeLessThan(1.1);
    expect(found.ratio.value).toBeCloseTo(mean(a) / mean(b), 12);
  });
});

test("intervals cover the truth about as often as they say", () => {
  let covered = 0;
  const trials = 100;
  for (let trial = 0; trial < trials; trial++) {
    const statistics = {
      generated: meanOf(normal(40, 3, trial + 10)),
      real: meanOf(normal(40, 3, trial + 900)),
    };
    const [one] = compareArms(statistics, 40, { seed: trial, replicates: 100 }) as [Compared];
    const { low = 1, high = -1 } = one.difference.interval ?? {};
    if (low <= 0 && 0 <= high) covered++;
  }
  // binomial of 0.95: 95 ± 2.2; percentile intervals of 40 are a little short
  expect(covered).toBeGreaterThan(86);
});

test("both arms see the same draw of the reference: what hangs on it alone does not differ", () => {
  const values = normal(50, 2, 3);
  const onReference: Statistic = (_, reference) => meanOf(values)(reference, reference);
  const [one] = compareArms({ generated: onReference, real: onReference }, 50, OPTIONS) as [
    Compared,
  ];
  expect(one.generated.standardError).toBeGreaterThan(0.05);
  expect(one.difference).toEqual({ value: 0, interval: { low: 0, high: 0 }, standardError: 0 });
});

test("the noise that resampling adds to a divergence is taken out of its interval", () => {
  const values = normal(100, 0, 4);
  const square: Statistic = (own) => meanOf(values)(own, own).map((x) => x * x); // E* is x² + s²/n
  const [one] = compareArms({ generated: square, real: square }, 100, OPTIONS) as [Compared];
  const { low = 0, high = 0 } = one.generated.interval ?? {};
  const middle = (low + high) / 2;
  expect(Math.abs(middle - (one.generated.value as number))).toBeLessThan(
    2 * (one.generated.standardError as number),
  );
  expect(low).toBeLessThan(one.generated.value as number);
});

test("what is not defined is undefined; one block has no interval", () => {
  const nothing: Statistic = () => Float64Array.of(Number.NaN, 3);
  const [none, three] = compareArms({ generated: nothing, real: nothing }, 1, OPTIONS) as [
    Compared,
    Compared,
  ];
  const unknown = { value: undefined, interval: undefined, standardError: undefined };
  expect(none.generated).toEqual(unknown);
  expect(none.difference).toEqual(unknown);
  expect(three.real).toEqual({ value: 3, interval: undefined, standardError: undefined });
  const zero: Statistic = () => Float64Array.of(0);
  const [ofZero] = compareArms({ generated: nothing, real: zero }, 3, OPTIONS) as [Compared];
  expect(ofZero.ratio.value).toBeUndefined();
});

test("equal seeds give equal numbers, others do not", () => {
  const statistics = { generated: meanOf(normal(40, 1, 1)), real: meanOf(normal(40, 1, 2)) };
  const at = (seed: number) => compareArms(statistics, 40, { seed, replicates: 50 });
  expect(at(5)).toEqual(at(5));
  expect(at(5)[0]?.difference.interval).not.toEqual(at(6)[0]?.difference.interval);
});

describe("block sums", () => {
  test("weights count blocks; blocks are at most 128 and each sequence is in one", () => {
    expect([1, 5, 128, 129, 1e6].map(blockCount)).toEqual([1, 5, 128, 128, 128]);
    const all = Array.from({ length: 300 }, (_, i) => randomIds(1 + (i % 9), i + 1));
    const sums: BlockSums = sumBlocks(all, 128, 2, (ids, out, at) => {
      out[at] = (out[at] as number) + 1;
      out[at + 1] = (out[at + 1] as number) + ids.length;
    });
    const once = weightedSums(sums, new Float64Array(128).fill(1));
    expect([...once]).toEqual([300, all.reduce((total, { length }) => total + length, 0)]);
    const weights = Float64Array.from({ length: 128 }, (_, i) => i % 3);
    const expected = all.reduce(
      (total, { length }, i) => total + (blockOf(i, 300, 128) % 3) * length,
      0,
    );
    expect(weightedSums(sums, weights)[1]).toBe(expected);
  });

  test("an additive measure of arms is its numbers of all their sums", () => {
    const all = Array.from({ length: 60 }, (_, i) => randomIds(20, i + 1));
    const arms: Arms = dealArms(all.slice(0, 20), all.slice(20), 1);
    const measure = {
      width: 1,
      add: (ids: Uint8Array, sums: Float64Array, at: number) => {
        sums[at] = (sums[at] as number) + (ids[0] as number);
      },
      numbers: (own: Float64Array, reference: Float64Array) =>
        Float64Array.of((own[0] as number) - (reference[0] as number)),
    };
    const [one] = compareAdditive(measure, arms, OPTIONS).numbers;
    const sum = (sequences: readonly Uint8Array[]): number =>
      sequences.reduce((total, ids) => total + (ids[0] as number), 0);
    expect(one?.generated.value).toBe(sum(arms.generated) - sum(arms.reference));
    expect(one?.real.value).toBe(sum(arms.real) - sum(arms.reference));
  });
});

test("a linearised statistic has the error of the statistic itself", () => {
  const values = normal(64, 3, 8);
  const square = (kept: Float64Array): number => meanOf(values)(kept, kept)[0] as number;
  const once = new Float64Array(64).fill(1);
  const own = Float64Array.from(
    once,
    (_, left) => square(once.map((one, i) => (i === left ? 0 : one))) ** 2,
  );
  const cheap = linearised(square(once) ** 2, { own });
  const full: Statistic = (weights) => meanOf(values)(weights, weights).map((x) => x * x);
  const [one] = compareArms({ generated: cheap, real: full }, 64, OPTIONS) as [Compared];
  expect(one.generated.value).toBeCloseTo(one.real.value as number, 12);
  const ratio = (one.generated.standardError as number) / (one.real.standardError as number);
  expect(ratio).toBeGreaterThan(0.85);
  expect(ratio).toBeLessThan(1.15);
});
