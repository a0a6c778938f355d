import { describe, expect, it } from "vitest";
import { demoSource } from "../../../src/data/demo/demo-source.ts";
import { forwardNats, sampleHiddenMarkov } from "../../../src/data/demo/hidden-markov.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { randomIds, xorshift32 } from "../../support/random-ids.ts";

const source = demoSource();

function shareOf(...regions: readonly string[]): number {
  return source.stationary.reduce(
    (sum, p, i) => sum + (regions.includes(source.regions[i] as string) ? p : 0),
    0,
  );
}

describe("demoSource", () => {
  it("gives a sequence and its reverse complement one probability", () => {
    const next = xorshift32(95);
    const drawn = Array.from(
      { length: 10 },
      () => sampleHiddenMarkov(source, 400, () => next()).ids,
    );
    for (const ids of [...drawn, randomIds(60, 96), randomIds(33, 97, 0.2), Uint8Array.of(2)]) {
      const other = forwardNats(source, reverseComplementIds(ids));
      expect(Math.abs(other - forwardNats(source, ids))).toBeLessThan(1e-9 * ids.length);
    }
  });

  it("keeps its distribution from one base to the next", () => {
    const after = new Float64Array(source.stationary.length);
    source.states.forEach(({ next }, from) => {
      for (const { to, probability } of next) {
        after[to] = (after[to] as number) + (source.stationary[from] as number) * probability;
      }
    });
    after.forEach((p, i) => {
      expect(p).toBeCloseTo(source.stationary[i] as number, 13);
    });
  });

  it("has half of its bases in repeats and two thirds in structures", () => {
    expect(shareOf("repeat")).toBeGreaterThan(0.45);
    expect(shareOf("repeat")).toBeLessThan(0.55);
    expect(shareOf("repeat", "motif", "island")).toBeGreaterThan(0.62);
    expect(shareOf("repeat", "motif", "island")).toBeLessThan(0.7);
  });
});
