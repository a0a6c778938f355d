import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance, nearestName } from "../../src/util/nearest-name.ts";

describe("nearestName", () => {
  const flags = ["--steps", "--batch-size", "--seed", "--train"];

  test("finds the name behind swapped, missing and wrong letters", () => {
    expect(nearestName("--stpes", flags)).toBe("--steps");
    expect(nearestName("--bach-size", flags)).toBe("--batch-size");
    expect(nearestName("--sead", flags)).toBe("--seed");
  });

  test("takes case and punctuation for nothing", () => {
    expect(nearestName("batchSize", flags)).toBe("--batch-size");
    expect(nearestName("batch_size", flags)).toBe("--batch-size");
  });

  test("suggests nothing when nothing is near", () => {
    expect(nearestName("--colour", flags)).toBeUndefined();
    expect(nearestName("__proto__", flags)).toBeUndefined();
    expect(nearestName("", flags)).toBeUndefined();
    expect(nearestName("--steps", [])).toBeUndefined();
  });

  test("reads no more than the beginning of a name without end", () => {
    expect(nearestName("x".repeat(1_000_000), flags)).toBeUndefined();
  });
});

describe("editDistance", () => {
  /** The definition, by recursion. */
  function naive(a: string, b: string): number {
    if (a === "" || b === "") return a.length + b.length;
    const same = a.at(-1) === b.at(-1) ? 0 : 1;
    const [shortA, shortB] = [a.slice(0, -1), b.slice(0, -1)];
    const choices = [naive(shortA, b) + 1, naive(a, shortB) + 1, naive(shortA, shortB) + same];
    if (a.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)) {
      choices.push(naive(a.slice(0, -2), b.slice(0, -2)) + 1);
    }
    return Math.min(...choices);
  }

  test("equals its recursive definition", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b) === naive(a, b)));
  });
});
