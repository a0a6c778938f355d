import { describe, expect, test } from "vitest";
import { VerificationError } from "../../src/errors.ts";
import {
  bitsDifference,
  bitsOverSeeds,
  type SeedWindows,
} from "../../src/score/bits-over-seeds.ts";
import { ratio } from "../../src/stats/ratio.ts";

/** Windows whose bits are given, all of the same bases. */
const seedOf = (seed: number, bits: readonly number[], bases = 10): SeedWindows => ({
  seed,
  nats: bits.map((value) => value * bases * Math.LN2),
  bases: bits.map(() => bases),
});

describe("bits over seeds", () => {
  test("mean, errors and interval are those of the closed forms", () => {
    const seeds = [seedOf(1, [1.9, 2.1]), seedOf(2, [1.7, 2.1]), seedOf(3, [1.8, 2.2])];
    const bits = bitsOverSeeds(seeds); // 2.0, 1.9, 2.0
    expect(bits.mean).toBeCloseTo(5.9 / 3, 12);
    const deviation = Math.sqrt((2 * (1 / 30) ** 2 + (2 / 30) ** 2) / 2);
    expect(bits.standardDeviation).toBeCloseTo(deviation, 12);
    expect(bits.errorOverSeeds).toBeCloseTo(deviation / Math.sqrt(3), 12);
    expect(bits.interval?.high).toBeCloseTo(5.9 / 3 + 4.30265273 * (deviation / Math.sqrt(3)), 8); // t of 0.975, 2 degrees
    // windows: means over seeds 1.8 and 32/15; half their distance is the error of a mean of two
    expect(bits.errorOverWindows).toBeCloseTo((32 / 15 - 1.8) / 2, 12);
  });

  test("windows weigh as their bases do, as in one evaluation", () => {
    const one: SeedWindows = { seed: 1, nats: [5, 30], bases: [10, 20] };
    const { value, standardError } = ratio([5, 30], [10, 20]);
    const bits = bitsOverSeeds([one]);
    expect(bits.mean).toBeCloseTo(value / Math.LN2, 12);
    expect(bits.errorOverWindows).toBeCloseTo((standardError as number) / Math.LN2, 12);
    expect([bits.errorOverSeeds, bits.interval, bits.standardDeviation]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("one window has no error over windows", () => {
    expect(bitsOverSeeds([seedOf(1, [2]), seedOf(2, [1.9])]).errorOverWindows).toBeUndefined();
  });
});

describe("a difference", () => {
  const a = [seedOf(1, [1.0, 3.0]), seedOf(2, [1.2, 3.2])];
  const b = [seedOf(1, [1.1, 3.1]), seedOf(2, [1.5, 3.1])];

  test("is paired by seed and by window: what both share has no part in it", () => {
    const found = bitsDifference(a, b);
    expect(found?.overSeeds.mean).toBeCloseTo(0.1, 12); // 0.1 and 0.1
    expect(found?.overSeeds.standardDeviation).toBeCloseTo(0, 12);
    expect(found?.overWindows.standardError).toBeCloseTo(0.1, 12); // windows differ by 0.2 and 0
  });

  test("is of the seeds that both have", () => {
    const found = bitsDifference([...a, seedOf(3, [9, 9])], [seedOf(4, [0, 0]), ...b.slice(1)]);
    expect(found?.overSeeds).toMatchObject({ seeds: 1, interval: undefined });
    expect(bitsDifference(a, [seedOf(7, [1, 1])])).toBeUndefined();
  });

  test("widens with the confidence that is asked for", () => {
    const c = [seedOf(1, [1.1, 3.3]), seedOf(2, [1.5, 3.2])];
    const width = (confidence: number): number => {
      const { low, high } = bitsDifference(a, c, confidence)?.overSeeds.interval ?? {
        low: 0,
        high: 0,
      };
      return high - low;
    };
    expect(width(0.99) / width(0.95)).toBeCloseTo(63.6567412 / 12.7062047, 5); // t with one degree of freedom
  });

  test("of other windows is refused", () => {
    expect(() => bitsDifference(a, [seedOf(1, [1, 1], 11)])).toThrow(
      new VerificationError(
        "expected the same windows of every trial, got others of seed 1: delete its evaluation, and it is made again",
      ),
    );
  });
});
