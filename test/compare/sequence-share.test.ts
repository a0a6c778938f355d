import { describe, expect, test } from "vitest";
import type { Estimated } from "../../src/compare/compare-arms.ts";
import type { Figure } from "../../src/compare/figure.ts";
import { ofSequences } from "../../src/compare/sequence-share.ts";

/** An arm of 100 sequences of which every draw has the same share; below one of which they have not. */
const certain = (value: number): Estimated => ({ value, interval: undefined, standardError: 0 });
const drawn: Estimated = { value: 0.2, interval: { low: 0.12, high: 0.29 }, standardError: 0.04 };

const figure = (generated: Estimated, real: Estimated): Figure => ({
  ...{ name: "a", label: "a", unit: "share", generated, real },
  difference: certain((generated.value as number) - (real.value as number)),
  ratio: certain(1),
});

describe("shares that every draw has alike", () => {
  // of 0 of n, Wilson's upper end is z² / (n + z²)
  const end = 1.96 ** 2 / (100 + 1.96 ** 2);

  test("none and all have Wilson's intervals", () => {
    const { generated, real } = ofSequences(figure(certain(1), certain(0)), 100);
    expect(generated.interval?.low).toBeCloseTo(1 - end, 4);
    expect(generated.interval?.high).toBe(1);
    expect(real.interval?.low).toBe(0);
    expect(real.interval?.high).toBeCloseTo(end, 4);
    expect(generated.standardError).toBe(0);
  });

  test("their difference has Newcombe's", () => {
    const none = ofSequences(figure(certain(0), certain(0)), 100).difference.interval;
    expect(none?.low).toBeCloseTo(-end, 4);
    expect(none?.high).toBeCloseTo(end, 4);
    const most = ofSequences(figure(certain(1), certain(0)), 100).difference.interval;
    expect(most?.low).toBeCloseTo(1 - Math.SQRT2 * end, 4);
    expect(most?.high).toBe(1);
  });
});

test("what draws tell stays as it is", () => {
  const one = figure(drawn, certain(0));
  const found = ofSequences(one, 100);
  expect(found.generated).toBe(drawn);
  expect(found.difference).toBe(one.difference);
  expect(found.real.interval?.high).toBeGreaterThan(0.03);
  const unknown = { ...drawn, interval: undefined, standardError: undefined };
  expect(ofSequences(figure(unknown, unknown), 1).generated).toBe(unknown);
});
