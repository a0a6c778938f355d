import { describe, expect, test } from "vitest";
import { armSize, dealArms } from "../../src/compare/arms.ts";
import { contentNumber } from "../../src/compare/content-number.ts";
import { randomIds, xorshift32 } from "../support/random-ids.ts";

const sequences = (count: number, seed: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => randomIds(30 + (i % 7), seed + i, 0.02));
const shuffled = (all: readonly Uint8Array[], seed: number): Uint8Array[] => {
  const next = xorshift32(seed);
  return all
    .map((one) => [next(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);
};
const texts = (all: readonly Uint8Array[]): string[] => all.map((ids) => ids.join(""));

describe("dealing", () => {
  test("arms are of one size; both halves of the reference share nothing, and places are theirs", () => {
    const [generated, reference] = [sequences(10, 1), sequences(13, 500)];
    const arms = dealArms(generated, reference, 1);
    for (const arm of ["generated", "real", "reference"] as const) {
      const from = arm === "generated" ? generated : reference;
      expect(arms[arm]).toHaveLength(6);
      expect(arms[arm]).toEqual(Array.from(arms.places[arm], (place) => from[place]));
    }
    const both = [...arms.places.real, ...arms.places.reference];
    expect(new Set(both).size).toBe(12);
  });

  test("the order of records changes nothing", () => {
    const [generated, reference] = [sequences(40, 1), sequences(50, 500)];
    const arms = dealArms(generated, reference, 3);
    const other = dealArms(shuffled(generated, 7), shuffled(reference, 8), 3);
    for (const arm of ["generated", "real", "reference"] as const) {
      expect(texts(other[arm])).toEqual(texts(arms[arm]));
    }
  });

  test("one file given twice: what plays the generated is what plays the real", () => {
    const all = sequences(31, 9);
    const { generated, real } = dealArms(all, shuffled(all, 2), 1);
    expect(texts(generated)).toEqual(texts(real));
  });

  test("another seed deals otherwise, and every sequence comes to every arm", () => {
    const [generated, reference] = [sequences(4, 1), sequences(8, 500)];
    const halves = new Set<string>();
    const isReal = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const { real } = dealArms(generated, reference, seed);
      halves.add(texts(real).sort().join());
      for (const text of texts(real)) isReal.add(text);
    }
    expect(halves.size).toBeGreaterThan(20); // of 70
    expect(isReal.size).toBe(8);
  });

  test.each([
    [0, 9, 0],
    [5, 1, 0],
    [1, 2, 1],
    [100, 41, 20],
    [7, 1000, 7],
  ])("%d generated and %d of the reference make arms of %d", (generated, reference, size) => {
    expect(armSize(generated, reference)).toBe(size);
    if (size > 0) return;
    expect(() => dealArms(sequences(generated, 1), sequences(reference, 2), 1)).toThrow(
      new RangeError(
        `internal: expected a generated sequence and two of the reference, got ${generated} and ${reference}`,
      ),
    );
  });
});

test("numbers of content tell sequences apart by base, place and length", () => {
  const all = [
    ...sequences(2000, 1),
    ...Array.from({ length: 200 }, (_, i) => new Uint8Array(i)),
    ...Array.from({ length: 200 }, (_, i) =>
      Uint8Array.from({ length: 200 }, (_x, j) => (i === j ? 1 : 0)),
    ),
  ];
  const numbers = all.map(contentNumber);
  expect(new Set(numbers).size).toBe(new Set(texts(all)).size);
  expect(numbers.every((one) => Number.isSafeInteger(one) && one >= 0)).toBe(true);
  expect(contentNumber(Uint8Array.of(0, 1, 2))).toBe(contentNumber(Uint8Array.of(0, 1, 2)));
});
