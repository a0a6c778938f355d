import { describe, expect, it } from "vitest";
import { addressedRandom, MAX_SEED, STREAMS } from "../../src/random/addressed.ts";

const DRAWS = 20_000;

describe("uniform", () => {
  const { uniform } = addressedRandom(1, "corruption");

  it("lies in [0, 1) with 53 bits, the lowest of them in use", () => {
    let odd = 0;
    for (let i = 0; i < DRAWS; i++) {
      const u = uniform(i);
      expect(u >= 0 && u < 1).toBe(true);
      const scaled = u * 2 ** 53;
      expect(Number.isInteger(scaled)).toBe(true);
      odd += scaled % 2;
    }
    expect(Math.abs(odd - DRAWS / 2)).toBeLessThan(4 * Math.sqrt(DRAWS / 4));
  });

  it.each([
    ["examples", (i: number) => uniform(i)],
    ["steps", (i: number) => uniform(5, i)],
    ["positions", (i: number) => uniform(5, 5, i)],
    ["high examples", (i: number) => uniform((i + 1) * 2 ** 33)],
    ["seeds", (i: number) => addressedRandom(i, "corruption").uniform(0)],
  ])("is even over %s: chi-square of 100 cells", (_name, draw) => {
    const counts = new Float64Array(100);
    for (let i = 0; i < DRAWS; i++) {
      const cell = Math.floor(100 * draw(i));
      counts[cell] = (counts[cell] as number) + 1;
    }
    const expected = DRAWS / 100;
    const statistic = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(statistic).toBeLessThan(148.23); // scipy.stats.chi2.ppf(0.999, 99)
  });

  it("differs between seeds, streams, examples, steps and positions, and never with the order of calls", () => {
    const seeds = [0, 1, 2 ** 32, 2 ** 32 + 1, MAX_SEED];
    const streams = ["window", "strand", "corruption", "trainingTime"] as const;
    const examples = [0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 52];
    const draws = new Map<string, number>();
    for (const seed of seeds)
      for (const stream of streams)
        for (const example of examples)
          for (const step of [0, 1, 2 ** 32 - 1])
            for (const position of [0, 1, 2 ** 32 - 1])
              draws.set(
                [seed, stream, example, step, position].join(),
                addressedRandom(seed, stream).uniform(example, step, position),
              );
    expect(new Set(draws.values()).size).toBe(draws.size);
    const again = addressedRandom(1, "window");
    for (const example of examples.toReversed())
      expect(again.uniform(example, 1, 1)).toBe(draws.get(["1,window", example, 1, 1].join()));
  });

  it("has a number of its own for every stream", () => {
    const numbers = Object.values(STREAMS);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("takes step and position 0 when they are left out", () => {
    expect(uniform(9)).toBe(uniform(9, 0, 0));
    expect(uniform(9, 3)).toBe(uniform(9, 3, 0));
  });

  it("refuses a seed that is no integer of 53 bits", () => {
    for (const seed of [-1, 0.5, 2 ** 53, Number.NaN])
      expect(() => addressedRandom(seed, "window")).toThrow(
        `internal: expected a seed in 0 … 2^53 − 1, got ${seed}`,
      );
  });
});

describe("integer", () => {
  const { integer } = addressedRandom(2, "samplerOrder");

  it("takes every value below its bound about equally often, and none else", () => {
    const counts = new Float64Array(7);
    for (let i = 0; i < DRAWS; i++) {
      const value = integer(7, i);
      expect(value in counts).toBe(true);
      counts[value] = (counts[value] as number) + 1;
    }
    const statistic = counts.reduce((sum, n) => sum + (n - DRAWS / 7) ** 2 / (DRAWS / 7), 0);
    expect(statistic).toBeLessThan(22.46); // scipy.stats.chi2.ppf(0.999, 6)
  });

  it("reaches bounds of 1 and of 2^32", () => {
    let most = 0;
    for (let i = 0; i < 1000; i++) {
      expect(integer(1, i, 2, 3)).toBe(0);
      const value = integer(2 ** 32, i, 2, 3);
      expect(Number.isInteger(value) && value >= 0 && value < 2 ** 32).toBe(true);
      most = Math.max(most, value);
    }
    expect(most).toBeGreaterThan(2 ** 31);
  });
});
