import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochSteps, predictionBatches } from "../../../src/data/labelled/length-buckets.ts";

const someLengths = fc.array(fc.integer({ min: 1, max: 800 }), { maxLength: 60 });
const tokenLimits = fc.integer({ min: 1, max: 4000 });

function expectWithin(
  batches: readonly (readonly number[])[],
  lengths: readonly number[],
  tokens: number,
): void {
  for (const batch of batches) {
    const longest = Math.max(...batch.map((row) => lengths[row] as number));
    expect(batch.length === 1 || batch.length * longest <= tokens).toBe(true);
  }
}

const sorted = (rows: readonly number[]): number[] => [...rows].sort((a, b) => a - b);

describe("epochSteps", () => {
  it("takes every sequence once, fills every step but the last, and keeps to the tokens", () => {
    fc.assert(
      fc.property(
        someLengths,
        fc.integer({ min: 1, max: 20 }),
        tokenLimits,
        fc.nat(2 ** 40),
        fc.nat(100),
        (lengths, batch, tokens, seed, epoch) => {
          const steps = epochSteps(lengths, { batch, tokens, seed }, epoch);
          expect(sorted(steps.flatMap(({ microBatches }) => microBatches.flat()))).toEqual([
            ...lengths.keys(),
          ]);
          const sizes = steps.map(({ microBatches }) => microBatches.flat().length);
          expect(sizes).toEqual(
            Array.from({ length: Math.ceil(lengths.length / batch) }, (_, s) =>
              Math.min(batch, lengths.length - s * batch),
            ),
          );
          for (const { microBatches } of steps) {
            expectWithin(microBatches, lengths, tokens);
            const inOrder = microBatches.flat().map((row) => lengths[row] as number);
            expect(inOrder).toEqual(sorted(inOrder));
          }
          expect(epochSteps(lengths, { batch, tokens, seed }, epoch)).toEqual(steps);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("puts the same sequences into a step whatever the tokens of a micro-batch", () => {
    const lengths = Array.from({ length: 300 }, (_, i) => 70 + ((i * 37) % 700));
    const members = (tokens: number): number[][] =>
      epochSteps(lengths, { batch: 32, tokens, seed: 4 }, 2).map(({ microBatches }) =>
        sorted(microBatches.flat()),
      );
    expect(members(1)).toEqual(members(100_000));
    expect(epochSteps(lengths, { batch: 32, tokens: 1, seed: 4 }, 2)[0]?.microBatches).toHaveLength(
      32,
    );
    const alike = lengths.map(() => 251);
    const whole = epochSteps(alike, { batch: 32, tokens: 100_000, seed: 4 }, 2);
    expect(whole[0]?.microBatches).toHaveLength(1);
  });

  it("has another order in every epoch and under every seed", () => {
    const lengths = Array.from({ length: 100 }, () => 50);
    const orders = [
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ].map(([seed = 0, epoch = 0]) =>
      epochSteps(lengths, { batch: 10, tokens: 500, seed }, epoch)
        .flatMap(({ microBatches }) => microBatches.flat())
        .join(),
    );
    expect(new Set(orders).size).toBe(4);
  });

  it("lets chance alone say which lengths a step has", () => {
    // Half short, half long: of 10 in a step, drawn without return from 1000, the short ones are hypergeometric.
    const lengths = Array.from({ length: 1000 }, (_, i) => (i < 500 ? 100 : 600));
    const shares = [0, 1, 2].flatMap((epoch) =>
      epochSteps(lengths, { batch: 10, tokens: 1000, seed: 1 }, epoch).map(
        ({ microBatches }) => microBatches.flat().filter((row) => row < 500).length,
      ),
    );
    const variance = shares.reduce((sum, n) => sum + (n - 5) ** 2, 0) / shares.length;
    const expected = (10 / 4) * (990 / 999);
    // A variance of 300 draws has a relative error of about √(2/300) = 0.082.
    expect(Math.abs(variance / expected - 1)).toBeLessThan(4 * 0.082);
  });

  it.each([
    [{ batch: 0, tokens: 10, seed: 1 }, "sequences in a batch, got 0"],
    [{ batch: 2, tokens: 1.5, seed: 1 }, "tokens in a micro-batch, got 1.5"],
  ])("refuses %o", (options, what) => {
    expect(() => epochSteps([5], options, 0)).toThrow(
      `internal: expected a positive number of ${what}`,
    );
  });
});

describe("predictionBatches", () => {
  it("takes every sequence once, by length and then as they stand, and keeps to the tokens", () => {
    fc.assert(
      fc.property(someLengths, tokenLimits, (lengths, tokens) => {
        const batches = predictionBatches(lengths, tokens);
        const byLength = [...lengths.keys()].sort(
          (a, b) => (lengths[a] as number) - (lengths[b] as number) || a - b,
        );
        expect(batches.flat()).toEqual(byLength);
        expectWithin(batches, lengths, tokens);
        for (const [i, batch] of batches.slice(0, -1).entries()) {
          const next = lengths[batches[i + 1]?.[0] as number] as number;
          expect((batch.length + 1) * next).toBeGreaterThan(tokens); // it was full
        }
      }),
      { numRuns: 500 },
    );
  });

  it("gives a sequence beyond the tokens a batch of its own", () => {
    expect(predictionBatches([4, 100, 5, 90], 10)).toEqual([[0, 2], [3], [1]]);
    expect(predictionBatches([], 10)).toEqual([]);
  });

  it("refuses no tokens", () => {
    expect(() => predictionBatches([5], 0)).toThrow(
      "internal: expected a positive number of tokens in a batch, got 0",
    );
  });
});
