import { describe, expect, it } from "vitest";
import { ContextCounter } from "../../src/stats/context-counts.ts";
import { markovModel } from "../../src/stats/markov.ts";
import { scoreBases, sumScores } from "../../src/stats/score-bases.ts";
import { randomIds } from "../support/random-ids.ts";

const contig = randomIds(5000, 31, 0.01);
const counter = new ContextCounter(4);
counter.add(contig);
const model = markovModel(counter.finish(), 4);

describe("scoreBases", () => {
  it("scores windows with their left context as it scores the contig in one go", () => {
    const whole = scoreBases(model, contig);
    for (const [start, end] of [
      [0, 10],
      [3, 40],
      [4, 5],
      [1000, 1900],
      [4990, 5000],
    ] as const) {
      const scores = scoreBases(model, contig.subarray(start, end), contig.subarray(0, start));
      expect(scores.nats).toEqual(whole.nats.subarray(start, end));
      const enough = contig.subarray(Math.max(0, start - 4), start);
      expect(scoreBases(model, contig.subarray(start, end), enough)).toEqual(scores);
    }
  });

  it("leaves N out of the sum", () => {
    const sum = sumScores(scoreBases(model, Uint8Array.of(4, 0, 4, 4, 1, 2)));
    expect(sum.scoredBases).toBe(3);
    expect(sum.nats).toBeGreaterThan(0);
  });

  it("scores nothing where there is no base", () => {
    for (const window of [Uint8Array.of(4, 4), new Uint8Array(0)]) {
      expect(sumScores(scoreBases(model, window))).toEqual({ nats: 0, scoredBases: 0 });
    }
  });
});
