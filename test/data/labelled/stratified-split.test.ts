import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stratifiedSplit } from "../../../src/data/labelled/stratified-split.ts";
import { ConfigError } from "../../../src/errors.ts";

const NINE_TO_ONE = { train: 0.9, valid: 0.1 };

/** At least 12 sequences of each of up to four classes, in any order. */
const someLabels = fc
  .array(fc.integer({ min: 12, max: 80 }), { minLength: 1, maxLength: 4 })
  .chain((sizes) =>
    fc.shuffledSubarray(
      sizes.flatMap((size, label) => Array.from({ length: size }, () => label)),
      { minLength: sizes.reduce((sum, size) => sum + size, 0) },
    ),
  )
  .map((labels) => Int32Array.from(labels));

const someShares = fc.constantFrom(
  NINE_TO_ONE,
  { train: 0.8, valid: 0.1, test: 0.1 },
  { train: 1 / 3, valid: 1 / 3, test: 1 / 3 },
  { all: 1 },
);

const count = (labels: Iterable<number>, label: number): number =>
  [...labels].filter((other) => other === label).length;

describe("stratifiedSplit", () => {
  it("takes every sequence once, and of every class its share to within one sequence", () => {
    fc.assert(
      fc.property(someLabels, someShares, fc.nat(2 ** 40), (labels, shares, seed) => {
        const parts = stratifiedSplit<string>(labels, { shares, seed });
        expect(Object.keys(parts)).toEqual(Object.keys(shares));
        const all = Object.values(parts).flatMap((indices) => [...indices]);
        expect(all.sort((a, b) => a - b)).toEqual([...labels.keys()]);
        for (const [part, indices] of Object.entries(parts)) {
          expect(indices).toEqual(indices.toSorted());
          const chosen = [...indices].map((i) => labels[i] as number);
          for (const label of new Set(labels)) {
            const exact = (shares as Record<string, number>)[part] as number;
            expect(
              Math.abs(count(chosen, label) - exact * count(labels, label)),
            ).toBeLessThanOrEqual(1);
          }
        }
        expect(stratifiedSplit<string>(labels, { shares, seed })).toEqual(parts);
      }),
      { numRuns: 300 },
    );
  });

  it("gives whole shares exactly", () => {
    const labels = Int32Array.from({ length: 300 }, (_, i) => (i < 100 ? 0 : 1));
    const { train, valid } = stratifiedSplit(labels, { shares: NINE_TO_ONE, seed: 1 });
    expect([train.length, valid.length]).toEqual([270, 30]);
    expect([...valid].filter((i) => i < 100)).toHaveLength(10);
  });

  it("takes each sequence into a part equally often over the seeds", () => {
    const labels = Int32Array.from({ length: 20 }, (_, i) => i % 2);
    const seeds = 4000;
    const counts = new Float64Array(20);
    for (let seed = 0; seed < seeds; seed++) {
      const { valid } = stratifiedSplit(labels, { shares: NINE_TO_ONE, seed });
      for (const i of valid) counts[i] = (counts[i] as number) + 1;
    }
    const error = Math.sqrt(0.1 * 0.9 * seeds);
    for (const n of counts) expect(Math.abs(n - 0.1 * seeds)).toBeLessThan(4.5 * error);
  });

  it("refuses a class that is too small for a part, by name where it has one", () => {
    const labels = Int32Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1]);
    const split = (classNames?: string[]): unknown =>
      stratifiedSplit(labels, { shares: NINE_TO_ONE, seed: 1, classNames });
    expect(split).toThrow(ConfigError);
    expect(split).toThrow(
      "expected a sequence of class 1 in valid (a share of 0.1), got none of its 4: give valid a larger share, or the class more sequences",
    );
    expect(() => split(["negative", "positive"])).toThrow('of class "positive" in valid');
  });

  it.each([
    [{ train: 0.9, valid: 0.2 }, "train 0.9, valid 0.2"],
    [{ train: 1, valid: 0 }, "train 1, valid 0"],
    [{ train: Number.NaN, valid: 1 }, "train NaN, valid 1"],
    [{}, "none"],
  ])("refuses the shares %o", (shares, text) => {
    expect(() => stratifiedSplit<string>(Int32Array.of(0, 1), { shares, seed: 1 })).toThrow(
      `expected shares above 0 that sum to 1, got ${text}`,
    );
  });
});
