/**
 * D3PM's bound on short windows against its enumeration over all steps and masks with posteriors by Bayes' rule
 * (naive/absorbing-chain.ts): what training and evaluation estimate, and what it bounds.
 */

import { describe, expect, it } from "vitest";
import { d3pm, positionTerms, TIME_STEPS } from "../../src/diffusion/d3pm.ts";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { posteriorPrediction } from "../../src/diffusion/discrete-posterior.ts";
import { maskedNats } from "../../src/diffusion/subs.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { windowLikelihoods } from "../../src/score/window-likelihood.ts";
import { mean } from "../../src/stats/mean.ts";
import { isBase, MASK_ID, N_ID } from "../../src/tokens/alphabet.ts";
import { chainPosterior, MASK, stepDivergence } from "../naive/absorbing-chain.ts";
import {
  allMaskings,
  allSequences,
  exactLogits,
  SOURCE,
  sourceNats,
} from "../support/markov-source.ts";

/** Laws over bases and MASK, [positions][5], of a row. */
type Laws = (row: Uint8Array) => number[][];

/** The exact denoiser of the source; `m` of it is MASK's at masked positions, and `lost` of a visible base goes to the others. */
const laws =
  (m: number, lost: number): Laws =>
  (row) => {
    const logits = exactLogits(SOURCE, row);
    return Array.from(row, (id, i) => {
      if (id !== MASK_ID) return [0, 1, 2, 3, MASK].map((c) => (c === id ? 1 - lost : lost / 4));
      const four = [0, 1, 2, 3].map((base) => Math.exp(logits[4 * i + base] as number));
      const total = four.reduce((sum, p) => sum + p, 0);
      return [...four.map((p) => (p / total) * (1 - m)), m];
    });
  };

const EXACT = laws(0, 0);
const ROUGH = laws(0.2, 0.1);
const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);

function enumeratedBound(x0: Uint8Array, denoiser: Laws, steps: number): number {
  let nats = -sum(denoiser(x0).map((law, i) => Math.log(law[x0[i] as number] as number)));
  for (const xt of allMaskings(x0)) {
    const predicted = denoiser(xt);
    const masked = [...xt.keys()].filter((i) => xt[i] === MASK_ID);
    for (let step = 1; step <= steps; step++) {
      const t = step / steps;
      const probability = t ** masked.length * (1 - t) ** (xt.length - masked.length);
      if (probability === 0) continue;
      for (const i of masked) {
        const law = predicted[i] as number[];
        nats += probability * stepDivergence(law, x0[i] as number, MASK, step, steps);
      }
    }
  }
  return nats;
}

const outputsOf =
  (denoiser: Laws): Denoise =>
  async (ids, { batch, length }) =>
    Float64Array.from(
      Array.from({ length: batch }, (_, row) =>
        denoiser(ids.subarray(row * length, (row + 1) * length)),
      ).flat(2),
      Math.log,
    );

describe("the bound of an exact denoiser", () => {
  const SEQUENCES = [...allSequences(3)];
  const expected = (steps: number): number =>
    sum(
      SEQUENCES.map((x0) => Math.exp(-sourceNats(SOURCE, x0)) * enumeratedBound(x0, EXACT, steps)),
    );
  const entropy = sum(
    SEQUENCES.map((x0) => Math.exp(-sourceNats(SOURCE, x0)) * sourceNats(SOURCE, x0)),
  );

  it("falls to −log p with more steps, from that of independent bases at one", () => {
    const bounds = [1, 2, 4, 16, 256].map(expected);
    for (const [i, bound] of bounds.entries()) {
      expect(bound).toBeGreaterThan(entropy);
      if (i > 0) expect(bound).toBeLessThan(bounds[i - 1] as number);
    }
    const alone = (x0: Uint8Array): number => {
      const logits = exactLogits(SOURCE, new Uint8Array(3).fill(MASK_ID));
      return sum(Array.from(x0, (base, i) => maskedNats(logits, i, base)));
    };
    const independent = sum(SEQUENCES.map((x0) => Math.exp(-sourceNats(SOURCE, x0)) * alone(x0)));
    expect(bounds[0]).toBeCloseTo(independent, 12);
    expect((bounds.at(-1) as number) - entropy).toBeLessThan(0.01);
  });

  it("is that of SUBS in as many steps: MASK has no part, and visible bases are copied", () => {
    const x0 = Uint8Array.of(0, 2, 1, 3);
    for (const steps of [1, 3, 12]) {
      let subs = 0;
      for (const xt of allMaskings(x0)) {
        const logits = exactLogits(SOURCE, xt);
        const masked = [...xt.keys()].filter((i) => xt[i] === MASK_ID);
        const crossEntropy = sum(masked.map((i) => maskedNats(logits, i, x0[i] as number)));
        for (let step = 1; step <= steps; step++) {
          const t = step / steps;
          const share = t ** masked.length * (1 - t) ** (4 - masked.length);
          subs += (share * crossEntropy) / step; // T times 1/T a step, over t
        }
      }
      expect(enumeratedBound(x0, EXACT, steps)).toBeCloseTo(subs, 12);
    }
  });
});

describe("the bound of a rough denoiser", () => {
  /** −log of the probability that the chain back, and its reconstruction, make x0. */
  function chainNats(steps: number): (x0: Uint8Array) => number {
    const ids = (state: number): Uint8Array =>
      Uint8Array.of(Math.floor(state / 5), state % 5).map((c) => (c === MASK ? MASK_ID : c));
    let law: number[] = Array.from({ length: 25 }, (_, state) => (state === 24 ? 1 : 0));
    for (let step = steps; step >= 1; step--) {
      const next = new Array<number>(25).fill(0);
      for (const [state, probability] of law.entries()) {
        const row = ids(state);
        const [first, second] = ROUGH(row).map((own, i) =>
          row[i] === MASK_ID
            ? chainPosterior(own, MASK, step / steps, (step - 1) / steps)
            : [0, 1, 2, 3, 4].map((c) => (c === row[i] ? 1 : 0)),
        ) as [number[], number[]];
        for (let to = 0; to < 25; to++) {
          const moved = (first[Math.floor(to / 5)] as number) * (second[to % 5] as number);
          next[to] = (next[to] as number) + probability * moved;
        }
      }
      law = next;
    }
    return (x0) =>
      -Math.log(
        sum(
          law.map((probability, state) =>
            ROUGH(ids(state)).reduce(
              (product, own, i) => product * (own[x0[i] as number] as number),
              probability,
            ),
          ),
        ),
      );
  }

  it.each([1, 2, 7])("is above −log p of what the chain of %i steps makes", (steps) => {
    const nats = chainNats(steps);
    const total = sum([...allSequences(2)].map((x0) => Math.exp(-nats(x0))));
    expect(total).toBeLessThan(1 + 1e-12); // what is missing ends as MASK
    for (const x0 of allSequences(2))
      expect(enumeratedBound(x0, ROUGH, steps)).toBeGreaterThan(nats(x0) - 1e-12);
  });
});

const X0 = Uint8Array.of(0, 2, 1, 1, 3);

describe.each([1, 3, 50])("in %i steps", (steps) => {
  const objective = d3pm(steps);
  const expected = enumeratedBound(X0, ROUGH, steps);

  it("what training computes averages to the bound, within four standard errors", () => {
    const random = {
      time: addressedRandom(2, "trainingTime"),
      mask: addressedRandom(2, "corruption"),
    };
    const groups = Array.from({ length: 200 }, (_, group) => {
      let total = 0;
      for (let j = 0; j < 64; j++) {
        const noisy = objective.corrupt(X0, group * 64 + j, 64, random);
        const { step, a, b, c } = positionTerms(noisy, steps);
        const outputs = Float64Array.from(ROUGH(noisy.xt).flat(), Math.log);
        for (const [i, weight] of noisy.weight.entries()) {
          if (weight === 0) continue;
          const { ownNats, m } = posteriorPrediction(outputs, i, X0[i] as number);
          const [s, q, v, w] = [step[i], a[i], b[i], c[i]] as [number, number, number, number];
          total += weight * (ownNats + Math.log1p(v * m) - s * Math.log1p((w * m) / (1 + q * m)));
        }
      }
      return total / 64;
    });
    const { value, standardError = Number.NaN } = mean(groups);
    expect(Math.abs(value - expected)).toBeLessThan(4 * standardError + 1e-6); // weights are float32
    expect(standardError).toBeLessThan(0.05 * expected);
  });

  it("what evaluation computes does too, and its parts at soft-masked bases add up", async () => {
    const isSoftMasked = Uint8Array.of(1, 0, 1, 0, 0);
    const windows = [isSoftMasked, isSoftMasked.map((bit) => 1 - bit)].map((bits) => ({
      index: 0,
      ids: X0,
      isSoftMasked: bits,
    }));
    const options = {
      ...{ likelihood: objective.likelihood, draws: 1500, batchSize: 500, seed: 3 },
    };
    const scored = [];
    for await (const one of windowLikelihoods(outputsOf(ROUGH), windows, options)) scored.push(one);
    const [own, other] = scored as [(typeof scored)[number], (typeof scored)[number]];
    const { nats, standardErrorNats = Number.NaN } = own;
    expect(Math.abs(nats - expected)).toBeLessThan(4 * standardErrorNats + 1e-9);
    expect(standardErrorNats).toBeLessThan(0.02 * expected);
    expect(own.softMaskedNats + other.softMaskedNats).toBeCloseTo(nats, 9);
    expect(own.draws).toHaveLength(1500);
    expect(mean(own.draws.map((draw) => draw.nats)).value).toBeCloseTo(nats, 9);
  });
});

describe("rows", () => {
  const random = {
    time: addressedRandom(5, "trainingTime"),
    mask: addressedRandom(5, "corruption"),
  };
  const x0 = Uint8Array.of(0, 1, N_ID, 2, 3);

  it("one in eight is clean, and counts at every base; the others count at masked ones", () => {
    const made = Array.from({ length: 1600 }, (_, i) => d3pm().corrupt(x0, i, 16, random));
    const clean = made.filter(({ xt, weight }) =>
      weight.some((w, i) => w > 0 && xt[i] !== MASK_ID),
    );
    expect(clean).toHaveLength(200);
    for (const { xt, weight } of clean) {
      expect(xt).toEqual(x0);
      expect([...weight]).toEqual([8, 8, 0, 8, 8]);
    }
    for (const { xt, weight } of made.filter((one) => !clean.includes(one)))
      for (const [i, id] of xt.entries()) expect((weight[i] as number) > 0).toBe(id === MASK_ID);
    expect(
      made.every(
        ({ xt }) => xt[2] === N_ID && xt.every((id) => id === MASK_ID || id === N_ID || isBase(id)),
      ),
    ).toBe(true);
  });

  it("take every step as often, and mask all at the last", () => {
    const counts = new Map<number, number>();
    for (let i = 0; i < 16_000; i++) {
      const noisy = d3pm(5).corrupt(X0, i, 16, random);
      const step = positionTerms(noisy, 5).step.find((s) => s > 0);
      if (step !== undefined) counts.set(step, (counts.get(step) ?? 0) + 1);
      if (step === 5) expect(noisy.xt.every((id) => id === MASK_ID)).toBe(true);
    }
    for (let step = 1; step <= 5; step++) {
      const seen = 2800 * (1 - (1 - step / 5) ** 5); // some mask nothing
      expect(Math.abs((counts.get(step) ?? 0) - seen)).toBeLessThan(5 * Math.sqrt(seen));
    }
  });

  it("are of a thousand steps where none are asked for", () => {
    expect(TIME_STEPS).toBe(1000);
    expect(d3pm().loss).toEqual({ name: "posterior", steps: 1000 });
  });
});
