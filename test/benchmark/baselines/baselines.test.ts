import { describe, expect, it } from "vitest";
import type { Baseline, LabelledIds } from "../../../src/benchmark/baselines/baseline.ts";
import { BASELINES } from "../../../src/benchmark/baselines/baselines.ts";
import { kmerLogistic } from "../../../src/benchmark/baselines/kmer-logistic.ts";
import { majority } from "../../../src/benchmark/baselines/majority.ts";
import { gcOnly, lengthOnly } from "../../../src/benchmark/baselines/one-number.ts";
import { reverseComplementIds } from "../../../src/tokens/complement.ts";
import { randomIds, xorshift32 } from "../../support/random-ids.ts";

/** Labelled sequences, `make` called with the class and a seed. */
function labelled(
  size: number,
  classes: number,
  make: (c: number, seed: number) => Uint8Array,
): LabelledIds {
  const labels = Int32Array.from({ length: size }, (_, i) => Math.floor((i * classes) / size));
  return { ids: Array.from(labels, (c, i) => make(c, 1 + i)), labels, classes };
}

function shareRight(baseline: Baseline, train: LabelledIds, test: LabelledIds): number {
  const p = baseline.fit(train, test)(test.ids);
  const right = test.labels.filter((label, row) => {
    const ofRow = p.subarray(row * test.classes, (row + 1) * test.classes);
    return ofRow.every((value, c) => c === label || value < (ofRow[label] as number));
  });
  return right.length / test.labels.length;
}

/** A sequence with GATTACAC somewhere. */
function withWord(length: number, seed: number): Uint8Array {
  const ids = randomIds(length, seed);
  ids.set([2, 0, 3, 3, 0, 1, 0, 1], Math.floor(xorshift32(seed + 9999)() * (length - 8)));
  return ids;
}

describe("baselines", () => {
  it("are four, in order", () => {
    expect(BASELINES.map(({ name }) => name)).toEqual(["majority", "length", "gc", "kmer6"]);
  });

  it("give distributions, the empty sequence and one of N included", () => {
    const train = labelled(90, 3, (c, seed) => randomIds(20 + 10 * c, seed, 0.1));
    const odd = [new Uint8Array(0), Uint8Array.of(4, 4, 4), Uint8Array.of(0, 1), randomIds(99, 3)];
    for (const baseline of BASELINES) {
      const { name } = baseline;
      const p = baseline.fit(train, train)(odd);
      expect(p, name).toHaveLength(12);
      for (let row = 0; row < 4; row++) {
        const ofRow = p.subarray(3 * row, 3 * row + 3);
        expect(
          ofRow.reduce((a, b) => a + b),
          name,
        ).toBeCloseTo(1, 12);
        expect(
          ofRow.every((value) => value >= 0),
          name,
        ).toBe(true);
      }
    }
  });
});

describe("majority", () => {
  it("gives the shares of the classes", () => {
    const train = { ids: [], labels: Int32Array.of(1, 1, 0, 1), classes: 3 };
    const p = majority.fit(train, train)([new Uint8Array(3), new Uint8Array(5)]);
    expect([...p]).toEqual([0.25, 0.75, 0, 0.25, 0.75, 0]);
  });
});

describe("length and gc", () => {
  it("tell classes by exact lengths that lie between each other's", () => {
    const make = (c: number, seed: number) => new Uint8Array(200 + 2 * (seed % 5) + c);
    const train = labelled(1000, 2, make);
    const test = labelled(100, 2, make);
    expect(shareRight(lengthOnly, train, test)).toBe(1);
    expect(shareRight(gcOnly, train, test)).toBe(0);
  });

  it("tell a middle class by its GC share, and lengths nothing", () => {
    const make = (c: number, seed: number) => {
      const next = xorshift32(seed);
      const share = c === 1 ? 0.5 : seed % 2 === 0 ? 0.2 : 0.8;
      return Uint8Array.from({ length: 200 }, () => (next() < share ? 1 : 0));
    };
    const train = labelled(800, 2, make);
    const test = labelled(200, 2, (c, seed) => make(c, seed + 5000));
    expect(shareRight(gcOnly, train, test)).toBeGreaterThan(0.95);
    expect(shareRight(lengthOnly, train, test)).toBe(0); // equal probabilities: nobody wins
  });
});

describe("kmer6", () => {
  it("finds a word, on either strand alike where strands do not matter", () => {
    const make = (c: number, seed: number) => {
      const ids = c === 0 ? randomIds(120, seed) : withWord(120, seed);
      return seed % 2 === 0 ? ids : reverseComplementIds(ids);
    };
    const train = labelled(600, 2, make);
    const test = labelled(300, 2, (c, seed) => make(c, seed + 5000));
    expect(shareRight(kmerLogistic, train, test)).toBeGreaterThan(0.9);
    const classify = kmerLogistic.fit(train, test);
    const p = classify(test.ids);
    classify(test.ids.map(reverseComplementIds)).forEach((value, i) => {
      expect(value).toBeCloseTo(p[i] as number, 12);
    });
    expect(kmerLogistic.fit(train, test)(test.ids)).toEqual(p);
  });

  it("tells a word from its reverse complement where classes have a strand", () => {
    const make = (c: number, seed: number) => {
      const ids = withWord(120, seed);
      return c === 0 ? ids : reverseComplementIds(ids);
    };
    const train = labelled(600, 2, make);
    const test = labelled(300, 2, (c, seed) => make(c, seed + 5000));
    expect(shareRight(kmerLogistic, train, test)).toBeGreaterThan(0.9);
  });

  it("learns as much where every second sequence is of one class as where the classes stand apart", () => {
    // two in three tell their class; from one class alone the strongest penalty would look best
    const make = (c: number, seed: number) => {
      const ids = randomIds(24, seed);
      if (seed % 3 > 0) ids.set(c === 0 ? [0, 1, 2, 3, 3, 1] : [2, 2, 0, 1, 0, 3], seed % 18);
      return ids;
    };
    const apart = labelled(40_000, 2, make);
    const test = labelled(500, 2, (c, seed) => make(c, seed + 50_000));
    const order = Array.from({ length: 40_000 }, (_, i) => (i % 2) * 20_000 + (i >> 1));
    const alternating: LabelledIds = {
      ids: order.map((i) => apart.ids[i] as Uint8Array),
      labels: Int32Array.from(order, (i) => apart.labels[i] as number),
      classes: 2,
    };
    const nats = [apart, alternating].map((train) => {
      const p = kmerLogistic.fit(train, test)(test.ids);
      return test.labels.reduce((sum, y, row) => sum - Math.log(p[2 * row + y] as number), 0) / 500;
    }) as [number, number];
    expect(nats[0]).toBeLessThan(0.9 * Math.LN2);
    expect(nats[1] / nats[0]).toBeCloseTo(1, 2);
  });

  it("learns from all of a large set, sorted by class, and not from the part that settings are chosen with", () => {
    // every second sequence is left out of the first choice: words that only those have are learnt all the same
    const words = [Uint8Array.of(0, 1, 2, 3, 3, 1), Uint8Array.of(2, 2, 0, 1, 0, 3)];
    const others = [Uint8Array.of(3, 3, 3, 1, 0, 0), Uint8Array.of(1, 0, 0, 2, 2, 3)];
    const make = (c: number, seed: number) => (seed % 2 === 0 ? others : words)[c] as Uint8Array;
    const train = labelled(40_000, 2, make);
    const test = labelled(200, 2, make);
    expect(shareRight(kmerLogistic, train, test)).toBe(1);
  });
});
