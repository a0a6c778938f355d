import { describe, expect, it } from "vitest";
import {
  forwardNats,
  type HiddenState,
  hiddenMarkovSource,
  sampleHiddenMarkov,
} from "../../../src/data/demo/hidden-markov.ts";
import { naiveProbability } from "../../naive/hidden-markov.ts";
import { xorshift32 } from "../../support/random-ids.ts";

const STATES: readonly HiddenState[] = [
  {
    emission: [0.4, 0.1, 0.1, 0.4],
    next: [
      { to: 0, probability: 0.7 },
      { to: 1, probability: 0.2 },
      { to: 2, probability: 0.1 },
    ],
  },
  { emission: [0.1, 0.6, 0.2, 0.1], next: [{ to: 2, probability: 1 }] },
  {
    emission: [0, 0.25, 0.7, 0.05],
    next: [
      { to: 0, probability: 0.5 },
      { to: 2, probability: 0.5 },
    ],
  },
];
const source = hiddenMarkovSource(STATES);

/** Every sequence of `length` symbols. */
function everySequence(length: number, symbols: number): number[][] {
  return Array.from({ length: symbols ** length }, (_, code) =>
    Array.from({ length }, (_, i) => Math.floor(code / symbols ** i) % symbols),
  );
}

describe("hiddenMarkovSource", () => {
  it("has the stationary distribution that the balance equations give", () => {
    // π1 = 0.2 π0; π2 = 0.1 π0 + π1 + 0.5 π2, so π2 = 0.6 π0
    const expected = [1 / 1.8, 0.2 / 1.8, 0.6 / 1.8];
    expected.forEach((p, i) => {
      expect(source.stationary[i]).toBeCloseTo(p, 14);
    });
  });

  it("refuses probabilities that do not sum to 1", () => {
    const lame: HiddenState = { emission: [0.5, 0.5, 0, 0], next: [{ to: 0, probability: 0.5 }] };
    expect(() => hiddenMarkovSource([lame])).toThrow(
      new RangeError("internal: expected state 0's probabilities to sum to 1, got 0.5"),
    );
  });
});

describe("forwardNats", () => {
  it("equals the sum over every hidden path, N being any base", () => {
    for (const ids of everySequence(4, 5)) {
      const p = naiveProbability(STATES, source.stationary, ids);
      expect(forwardNats(source, Uint8Array.from(ids))).toBeCloseTo(-Math.log(p), 11);
    }
  });

  it("sums to 1 over every sequence of one length", () => {
    const sum = everySequence(6, 4).reduce(
      (total, ids) => total + Math.exp(-forwardNats(source, Uint8Array.from(ids))),
      0,
    );
    expect(sum).toBeCloseTo(1, 12);
  });

  it("is 0 for no bases and for unknown ones, and finite for long sequences", () => {
    expect(forwardNats(source, new Uint8Array(0))).toBe(0);
    expect(forwardNats(source, new Uint8Array(50).fill(4))).toBeCloseTo(0, 12);
    const nats = forwardNats(source, new Uint8Array(20_000).fill(1));
    expect(nats).toBeGreaterThan(1000);
    expect(nats).toBeLessThan(100_000);
  });
});

describe("sampleHiddenMarkov", () => {
  it("draws pairs of bases as often as the forward algorithm says", () => {
    const next = xorshift32(91);
    const length = 200_000;
    const { ids, states } = sampleHiddenMarkov(source, length, () => next());
    const shares = [0, 1, 2].map((state) => states.filter((s) => s === state).length / length);
    shares.forEach((share, i) => {
      expect(Math.abs(share - (source.stationary[i] as number))).toBeLessThan(0.006);
    });
    const pairs = new Float64Array(16);
    for (let i = 1; i < length; i++) {
      const pair = 4 * (ids[i - 1] as number) + (ids[i] as number);
      pairs[pair] = (pairs[pair] as number) + 1 / (length - 1);
    }
    everySequence(2, 4).forEach(([a, b]) => {
      const p = Math.exp(-forwardNats(source, Uint8Array.of(a as number, b as number)));
      expect(Math.abs((pairs[4 * (a as number) + (b as number)] as number) - p)).toBeLessThan(
        0.006,
      );
    });
  });

  it("asks for each position's state and base by address", () => {
    const asked: number[][] = [];
    sampleHiddenMarkov(source, 3, (step, position) => {
      asked.push([step, position]);
      return 0.3;
    });
    expect(asked).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
      [0, 2],
      [1, 2],
    ]);
  });
});
