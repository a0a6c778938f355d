import { describe, expect, it } from "vitest";
import { addressedRandom } from "../../src/random/addressed.ts";
import { REVEAL_SCHEDULES, revealCounts } from "../../src/sampling/reveal-schedule.ts";

const random = addressedRandom(1, "samplerOrder");
const positions = (n: number): number[] => Array.from({ length: n }, (_, i) => 3 * i);
const sum = (counts: readonly number[]): number => counts.reduce((total, n) => total + n, 0);

describe.each(REVEAL_SCHEDULES)("%s", (schedule) => {
  it("reveals each position once, whatever the number of calls", () => {
    for (const n of [0, 1, 7, 100]) {
      for (const calls of [1, 2, 7, 64, 300]) {
        const counts = revealCounts(schedule, positions(n), calls, random, 5);
        expect(counts).toHaveLength(calls);
        expect(sum(counts)).toBe(n);
        expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
      }
    }
  });
});

describe("revealCounts", () => {
  it("uniform: as even as whole numbers allow", () => {
    expect(revealCounts("uniform", positions(10), 4, random, 0)).toEqual([2, 3, 2, 3]);
    expect(revealCounts("uniform", positions(2), 4, random, 0)).toEqual([0, 1, 0, 1]);
  });

  it("cosine: what stays masked follows cos(πr/2), few first and many at the end", () => {
    const counts = revealCounts("cosine", positions(1000), 8, random, 0);
    let masked = 1000;
    for (const [call, count] of counts.entries()) {
      masked -= count;
      const exact = 1000 * Math.cos((Math.PI / 2) * ((call + 1) / 8));
      expect(masked).toBeLessThanOrEqual(exact);
      expect(masked).toBeGreaterThan(exact - 1);
    }
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it("binomial: a call has the mean and variance of n tries of probability 1/calls", () => {
    const rows = 4000;
    const [n, calls] = [60, 6];
    const moments = Array.from({ length: calls }, () => ({ sum: 0, squares: 0 }));
    for (let sample = 0; sample < rows; sample++) {
      for (const [call, count] of revealCounts(
        "binomial",
        positions(n),
        calls,
        random,
        sample,
      ).entries()) {
        const moment = moments[call] as { sum: number; squares: number };
        moment.sum += count;
        moment.squares += (count - n / calls) ** 2;
      }
    }
    const variance = (n / calls) * (1 - 1 / calls);
    for (const { sum: total, squares } of moments) {
      expect(Math.abs(total / rows - n / calls)).toBeLessThan(4 * Math.sqrt(variance / rows));
      expect(squares / rows / variance).toBeGreaterThan(1 - 4 * Math.sqrt(2 / rows));
      expect(squares / rows / variance).toBeLessThan(1 + 4 * Math.sqrt(2 / rows));
    }
  });
});
