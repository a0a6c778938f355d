import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearestTrain } from "../../../src/data/labelled/nearest-train.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { isEqualOnAStrand, naiveKmers } from "../../naive/shared-kmers.ts";
import { randomIds } from "../../support/random-ids.ts";
import { someSequences } from "./some-sequences.ts";

/** Every test sequence against every training sequence, with sets of text. */
function naiveNearest(
  test: readonly Uint8Array[],
  train: readonly Uint8Array[],
  length: number,
  mostTrains: number,
): number[] {
  const trains = train.map((ids) => naiveKmers(ids, length));
  const counted = trains.map(
    (kmers, i) =>
      new Set(
        [...kmers].filter(
          (kmer) => trains.slice(0, i).filter((other) => other.has(kmer)).length < mostTrains,
        ),
      ),
  );
  return test.map((ids) => {
    const kmers = [...naiveKmers(ids, length)];
    if (kmers.length === 0) return Number(train.some((other) => isEqualOnAStrand(ids, other)));
    return Math.max(
      0,
      ...counted.map((has) => kmers.filter((kmer) => has.has(kmer)).length / kmers.length),
    );
  });
}

const some = fc
  .tuple(someSequences(24, 50), fc.nat(24))
  .map(([sequences, cut]) => ({ test: sequences.slice(0, cut), train: sequences.slice(cut) }));

describe("nearestTrain", () => {
  it("returns what comparing every pair returns, with all sequences at once or few", () => {
    fc.assert(
      fc.property(
        some,
        fc.integer({ min: 2, max: 16 }),
        fc.constantFrom(1, 2, 1000),
        fc.constantFrom(1, 60, 10_000),
        ({ test, train }, length, mostTrains, mostKmers) => {
          expect([...nearestTrain(test, train, { length, mostTrains, mostKmers })]).toEqual(
            naiveNearest(test, train, length, mostTrains),
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it("is 1 for copies on either strand and parts of training sequences, and 0 for what is new", () => {
    const train = [randomIds(300, 1), randomIds(400, 2), Uint8Array.of(0, 1, 4)];
    const [first, second] = train as [Uint8Array, Uint8Array];
    const test = [
      first,
      reverseComplementIds(second),
      second.subarray(50, 150),
      randomIds(300, 3),
      Uint8Array.of(4, 2, 3), // too short for a k-mer
      Uint8Array.of(4, 2, 1),
      Uint8Array.from([...first.subarray(0, 100), ...randomIds(100, 4)]),
    ];
    const nearest = [...nearestTrain(test, train)];
    expect(nearest.slice(0, 6)).toEqual([1, 1, 1, 0, 1, 0]);
    // 77 of the 177 k-mers of 24 bases lie in the 100 shared ones.
    expect(nearest[6]).toBeCloseTo(77 / 177, 10);
    expect([...nearestTrain(test, [])]).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect([...nearestTrain([], train)]).toEqual([]);
  });

  it("takes thousands of near copies of one sequence", () => {
    const one = randomIds(200, 1);
    const copies = Array.from({ length: 4000 }, (_, i) => one.with(i % 200, (i % 3) as number));
    const nearest = nearestTrain(copies.slice(0, 1000), copies.slice(1000), { mostTrains: 100 });
    expect(nearest).toHaveLength(1000);
    // One base is in at most 24 of 177 k-mers; a copy and another differ in two.
    expect(nearest.every((share) => share >= 1 - 48 / 177)).toBe(true);
  });
});
