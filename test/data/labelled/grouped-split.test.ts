import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupedSplit } from "../../../src/data/labelled/grouped-split.ts";
import { ConfigError } from "../../../src/errors.ts";
import { xorshift32 } from "../../support/random-ids.ts";

const SHARES = { train: 0.8, valid: 0.1, test: 0.1 };

interface Labelled {
  readonly labels: Int32Array;
  readonly groups: Int32Array;
}

/** Groups of these sizes, shuffled; each of one class, or of any. */
function makeSet(sizes: readonly number[], isPure: boolean, seed: number): Labelled {
  const next = xorshift32(seed);
  const classOf = (): number => Number(next() < 0.4);
  const rows = sizes.flatMap((size, group) => {
    const own = classOf();
    return Array.from({ length: size }, () => ({
      group,
      label: isPure ? own : classOf(),
      at: next(),
    }));
  });
  rows.sort((a, b) => a.at - b.at);
  return {
    labels: Int32Array.from(rows, ({ label }) => label),
    groups: Int32Array.from(rows, ({ group }) => group),
  };
}

/** Three hundred single sequences and some groups of up to `most`. */
const someSet = (isPure: boolean, most: number): fc.Arbitrary<Labelled> =>
  fc
    .tuple(fc.array(fc.integer({ min: 2, max: most }), { maxLength: 20 }), fc.nat(2 ** 30))
    .map(([sizes, seed]) => makeSet([...sizes, ...new Array(300).fill(1)], isPure, seed));

/** Sequences of a class in a part beyond its share. */
function excesses(
  { labels }: Labelled,
  parts: Readonly<Record<keyof typeof SHARES, Uint32Array>>,
): number[] {
  const countOf = (of: Iterable<number>, label: number): number =>
    [...of].filter((other) => other === label).length;
  return (["train", "valid", "test"] as const).flatMap((part) =>
    [0, 1].map(
      (label) =>
        countOf(
          [...parts[part]].map((i) => labels[i] as number),
          label,
        ) -
        SHARES[part] * countOf(labels, label),
    ),
  );
}

describe("groupedSplit", () => {
  it.each([true, false])(
    "takes every sequence once and parts no group (of one class: %s)",
    (isPure) => {
      fc.assert(
        fc.property(someSet(isPure, 60), fc.nat(2 ** 40), (set, seed) => {
          const parts = groupedSplit(set.labels, set.groups, { shares: SHARES, seed });
          const all = Object.values(parts).flatMap((indices) => [...indices]);
          expect(all.sort((a, b) => a - b)).toEqual([...set.labels.keys()]);
          const partOf = new Map<number, string>();
          for (const [part, indices] of Object.entries(parts)) {
            expect(indices).toEqual(indices.toSorted());
            for (const i of indices) {
              const group = set.groups[i] as number;
              expect(partOf.get(group) ?? part).toBe(part);
              partOf.set(group, part);
            }
          }
          expect(groupedSplit(set.labels, set.groups, { shares: SHARES, seed })).toEqual(parts);
        }),
      );
    },
  );

  it("keeps the share of every class to within one sequence where single ones can fill it", () => {
    fc.assert(
      fc.property(someSet(true, 10), fc.nat(2 ** 40), (set, seed) => {
        const parts = groupedSplit(set.labels, set.groups, { shares: SHARES, seed });
        for (const excess of excesses(set, parts)) expect(Math.abs(excess)).toBeLessThan(1);
      }),
    );
  });

  it("exceeds no share by as much as the largest group where each is of one class", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 2, max: 9 }), { minLength: 150, maxLength: 200 }),
        fc.nat(2 ** 30),
        (sizes, seed) => {
          const set = makeSet(sizes, true, seed);
          const parts = groupedSplit(set.labels, set.groups, { shares: SHARES, seed });
          // The share is rounded to a whole sequence before, which is less than one more.
          for (const excess of excesses(set, parts)) {
            expect(excess).toBeLessThan(Math.max(...sizes));
          }
        },
      ),
    );
  });

  it("takes a large group into a part as often as the part is large", () => {
    const { labels, groups } = makeSet([20, ...new Array(980).fill(1)], false, 5);
    const seeds = 400;
    const large = groups.indexOf(0);
    let inTest = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const { test } = groupedSplit(labels, groups, { shares: SHARES, seed });
      if (test.includes(large)) inTest++;
    }
    expect(Math.abs(inTest / seeds - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / seeds));
  });

  it("takes groups of hundreds of thousands", () => {
    const labels = Int32Array.from({ length: 300_000 }, (_, i) => i % 2);
    const groups = labels.map((_, i) => Math.max(0, i - 200_000));
    const { train, test } = groupedSplit(labels, groups, { shares: SHARES, seed: 1 });
    expect([train.length, test.length]).toEqual([240_000, 30_000]);
  });

  it("refuses a class whose groups cannot be in every part, by name where it has one", () => {
    const labels = Int32Array.from({ length: 60 }, (_, i) => Number(i >= 30));
    const groups = Int32Array.from(labels, (label, i) => (label === 1 ? 30 : i));
    const split = (classNames?: string[]): unknown =>
      groupedSplit(labels, groups, { shares: SHARES, seed: 1, classNames });
    expect(split).toThrow(ConfigError);
    expect(split).toThrow(
      "expected a sequence of class 1 in valid (a share of 0.1), got none: its groups are too few or too large to be split so",
    );
    expect(() => split(["random", "enhancer"])).toThrow('class "enhancer" in valid');
    expect(() =>
      groupedSplit(labels.subarray(28, 32), groups, { shares: SHARES, seed: 1 }),
    ).toThrow("internal: expected as many groups as labels, got 60 and 4");
    const few = Int32Array.of(0, 0, 0, 1, 1, 1);
    expect(() => groupedSplit(few, few, { shares: SHARES, seed: 1 })).toThrow(
      "in valid (a share of 0.1), got none of its 3",
    );
  });
});
