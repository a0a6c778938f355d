import { describe, expect, it } from "vitest";
import { uniformModel } from "../../src/stats/base-model.ts";
import { ContextCounter } from "../../src/stats/context-counts.ts";
import { markovModel } from "../../src/stats/markov.ts";
import { scoreBases, sumScores } from "../../src/stats/score-bases.ts";
import { reverseComplementIds } from "../../src/tokens/complement.ts";
import { naiveContext, naiveMarkov, naiveText } from "../naive/context-model.ts";
import { bitsPerBase } from "../support/bits-per-base.ts";
import { randomIds } from "../support/random-ids.ts";

const contig = randomIds(300, 11, 0.03);
const counter = new ContextCounter(4);
counter.add(contig);
const counts = counter.finish();

describe("markovModel", () => {
  it("equals the naive model at every order, also where the context is short", () => {
    const window = randomIds(60, 12, 0.1);
    for (let order = 0; order <= 4; order++) {
      const scores = scoreBases(markovModel(counts, order), window);
      const text = naiveText(window);
      for (let i = 0; i < text.length; i++) {
        expect(scores.isScored[i]).toBe(text[i] === "N" ? 0 : 1);
        if (text[i] === "N") continue;
        const p = naiveMarkov([naiveText(contig)], naiveContext(text, i, order), text[i] as string);
        expect(scores.nats[i]).toBeCloseTo(-Math.log(p), 12);
      }
    }
  });

  it("sums to 1 over the four bases of every context", () => {
    for (let order = 0; order <= 4; order++) {
      const model = markovModel(counts, order);
      for (let context = 0; context < 4 ** order; context++) {
        const sum = [0, 1, 2, 3].reduce(
          (s, id) => s + model.probability(4 * context + id, order),
          0,
        );
        expect(sum).toBeCloseTo(1, 14);
      }
    }
  });

  it("scores its own long training sequence at order 0 with the entropy of its composition", () => {
    const ids = Uint8Array.from(
      { length: 40_000 },
      (_, i) => [0, 3, 0, 3, 1, 2, 0, 3][i % 8] as number,
    );
    const longCounter = new ContextCounter(0);
    longCounter.add(ids);
    const bits = bitsPerBase(markovModel(longCounter.finish(), 0), ids);
    const entropy = -(0.75 * Math.log2(0.375) + 0.25 * Math.log2(0.125)); // A, T 3/8 each; C, G 1/8 each
    expect(bits).toBeCloseTo(entropy, 6);
  });

  it("scores order 0 alike on both strands", () => {
    const model = markovModel(counts, 0);
    const window = randomIds(200, 13, 0.05);
    const forward = sumScores(scoreBases(model, window));
    const reverse = sumScores(scoreBases(model, reverseComplementIds(window)));
    expect(reverse.nats).toBeCloseTo(forward.nats, 10);
  });

  it("refuses an order that was not counted", () => {
    expect(() => markovModel(counts, 5)).toThrow(
      new RangeError("internal: expected an order in 0 … 4, got 5"),
    );
  });
});

describe("uniformModel", () => {
  it("is 2 bits per base", () => {
    const bits = bitsPerBase(uniformModel, randomIds(64, 14, 0.2));
    expect(bits).toBeCloseTo(2, 13);
  });
});
