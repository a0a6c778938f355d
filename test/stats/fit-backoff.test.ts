import { describe, expect, it } from "vitest";
import { backoffModel } from "../../src/stats/backoff.ts";
import { BackoffEvidence } from "../../src/stats/backoff-evidence.ts";
import { ContextCounter, type ContextCounts } from "../../src/stats/context-counts.ts";
import { fitBackoff } from "../../src/stats/fit-backoff.ts";
import { markovModel } from "../../src/stats/markov.ts";
import { scoreBases, sumScores } from "../../src/stats/score-bases.ts";
import { xorshift32 } from "../support/random-ids.ts";

/** A chain of order 2 whose next base is predictable two times in three. */
function orderTwoIds(length: number, seed: number): Uint8Array {
  const next = xorshift32(seed);
  const ids = new Uint8Array(length);
  for (let i = 2; i < length; i++) {
    const usual = ((ids[i - 1] as number) + 2 * (ids[i - 2] as number) + 1) % 4;
    ids[i] = next() < 2 / 3 ? usual : Math.floor(next() * 4);
  }
  return ids;
}

function countsOf(ids: Uint8Array, maxOrder: number): ContextCounts {
  const counter = new ContextCounter(maxOrder);
  counter.add(ids);
  return counter.finish();
}

const counts = countsOf(orderTwoIds(4000, 51), 6);
const validation = orderTwoIds(3000, 52);
const evidence = new BackoffEvidence(counts);
evidence.add(validation);
const fitted = fitBackoff(evidence.byOrder());
const natsOf = (concentrations: readonly number[]) =>
  sumScores(scoreBases(backoffModel(counts, concentrations), validation)).nats;

describe("fitBackoff", () => {
  it("cannot be bettered by moving one concentration", () => {
    const best = natsOf(fitted);
    for (let k = 0; k <= 6; k++) {
      for (const factor of [0.1, 0.7, 0.95, 1.05, 1.4, 10]) {
        const moved = fitted.map((a, j) => (j === k ? a * factor : a));
        expect(natsOf(moved)).toBeGreaterThan(best - 3e-6 * validation.length);
      }
    }
  });

  it("beats every order of Markov on the sequence that it was fitted to", () => {
    for (let order = 0; order <= 6; order++) {
      const nats = sumScores(scoreBases(markovModel(counts, order), validation)).nats;
      expect(natsOf(fitted)).toBeLessThan(nats);
    }
  });

  it("gives the same numbers again", () => {
    expect(fitBackoff(evidence.byOrder())).toEqual(fitted);
  });

  it("gives positive concentrations without any evidence", () => {
    const none = fitBackoff(new BackoffEvidence(counts).byOrder());
    expect(none).toHaveLength(7);
    for (const a of none) expect(a).toBeGreaterThan(0);
  });
});
