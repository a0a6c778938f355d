/** MDLM in T steps: its bound against the Kullback–Leibler divergences of every step, added up over all that can be masked. */

import { describe, expect, it } from "vitest";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { NOISE_NAMES, noiseSchedule } from "../../src/diffusion/noise.ts";
import { gridCounts, gridMaskProbabilities } from "../../src/diffusion/time-grid.ts";
import { noiseDraw } from "../../src/diffusion/time-sampling.ts";
import { windowLikelihoods } from "../../src/score/window-likelihood.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import {
  allMaskings,
  allSequences,
  exactDenoise,
  exactLogits,
  SOURCE,
  sourceNats,
} from "../support/markov-source.ts";

const X0 = Uint8Array.of(0, 2, 1, 3);
const L = X0.length;
const LOGLINEAR = noiseSchedule("loglinear");

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

/** p(x_i | visible) of every position and base. */
function shares(xt: Uint8Array): readonly (readonly number[])[] {
  const law = known.get(xt.join()) ?? computedShares(xt);
  known.set(xt.join(), law);
  return law;
}
const known = new Map<string, readonly (readonly number[])[]>();

function computedShares(xt: Uint8Array): number[][] {
  const logits = exactLogits(SOURCE, xt);
  return Array.from(xt, (_, i) => {
    const mass = [0, 1, 2, 3].map((b) => Math.exp(logits[4 * i + b] as number));
    const total = mass.reduce((a, b) => a + b, 0);
    return mass.map((one) => one / total);
  });
}

/** KL(q(z_s | z_t, x) ‖ p(z_s | z_t)) over all z_s: positions are independent of each other, given z_t. */
function stepDivergence(x0: Uint8Array, zt: Uint8Array, stays: number): number {
  const law = shares(zt);
  let nats = 0;
  const visit = (i: number, q: number, logRatio: number): void => {
    if (i === x0.length) {
      nats += q * logRatio;
      return;
    }
    if (zt[i] !== MASK_ID) {
      visit(i + 1, q, logRatio);
      return;
    }
    if (stays > 0) visit(i + 1, q * stays, logRatio); // masked still, as likely under both
    const shown = 1 - stays; // x_i under q; under p any base, of its share
    const share = law[i]?.[x0[i] as number] as number;
    visit(i + 1, q * shown, logRatio + Math.log(shown / (shown * share)));
  };
  visit(0, 1, 0);
  return nats;
}

/** The negative bound of T steps under mask probabilities i/T: Σ over steps of the expected divergence. */
function enumeratedBound(steps: number, x0: Uint8Array = X0): number {
  let nats = 0;
  for (let i = 1; i <= steps; i++) {
    const [m, before] = [i / steps, (i - 1) / steps];
    for (const zt of allMaskings(x0)) {
      const masked = zt.filter((id) => id === MASK_ID).length;
      const weight = m ** masked * (1 - m) ** (x0.length - masked);
      nats += weight * stepDivergence(x0, zt, before / m);
    }
  }
  return nats;
}

/** Mean over the subsets of k positions of Σ −log p(x_i | the others). */
function meanNats(k: number): number {
  let [sum, count] = [0, 0];
  for (const xt of allMaskings(X0)) {
    if (xt.filter((id) => id === MASK_ID).length !== k) continue;
    const law = shares(xt);
    for (const [i, id] of xt.entries())
      if (id === MASK_ID) sum -= Math.log(law[i]?.[X0[i] as number] as number);
    count++;
  }
  return sum / count;
}

/** Probabilities of k masked bases, index k, by many uniforms. */
function countShares(steps: number, bases: number, points = 20_000): number[] {
  const law = gridCounts(LOGLINEAR, steps);
  const counts = new Array<number>(bases + 1).fill(0);
  for (let i = 0; i < points; i++) {
    const k = law(bases, (i + 0.5) / points);
    counts[k] = (counts[k] as number) + 1 / points;
  }
  return counts;
}

describe("mask probabilities of the grid", () => {
  it("are i/T under log-linear noise", () => {
    const m = gridMaskProbabilities(LOGLINEAR, 8);
    expect(m).toHaveLength(9);
    for (const [i, one] of m.entries()) expect(one).toBeCloseTo(i / 8, 14);
  });

  it.each(NOISE_NAMES)("of %s noise rise from 0 to 1", (name) => {
    const m = gridMaskProbabilities(noiseSchedule(name), 50);
    expect([m[0], m[50]]).toEqual([0, 1]);
    for (let i = 1; i <= 50; i++) expect(m[i]).toBeGreaterThan(m[i - 1] as number);
  });
});

describe.each([1, 2, 3, 7])("in %i steps", (steps) => {
  it("masks k bases as often as the bound counts them", () => {
    const law = countShares(steps, L);
    expect(law[0]).toBe(0);
    for (let k = 1; k <= L; k++) {
      let expected = 0; // (k/n) Σᵢ (mᵢ − mᵢ₋₁)/mᵢ C(n, k) mᵢᵏ (1 − mᵢ)ⁿ⁻ᵏ
      for (let i = 1; i <= steps; i++) {
        const m = i / steps;
        expected += (k / L) * (1 / i) * choose(L, k) * m ** k * (1 - m) ** (L - k);
      }
      expect(law[k]).toBeCloseTo(expected, 3);
    }
  });

  it("is the bound of every step added up, by its law and by draws", async () => {
    const expected = enumeratedBound(steps);
    const law = countShares(steps, L);
    const byCount = [1, 2, 3, 4].reduce(
      (sum, k) => sum + (law[k] as number) * (L / k) * meanNats(k),
      0,
    );
    expect(byCount).toBeCloseTo(expected, 3);
    const { likelihood } = mdlm(LOGLINEAR, { timeSteps: steps });
    expect([likelihood.kind, likelihood.timeSteps]).toEqual(["bound", steps]);
    const window = { index: 0, ids: X0, isSoftMasked: new Uint8Array(L) };
    const options = { likelihood, draws: 2000, batchSize: 500, seed: 3 };
    for await (const scored of windowLikelihoods(exactDenoise(SOURCE), [window], options)) {
      const error = scored.standardErrorNats as number;
      expect(Math.abs(scored.nats - expected)).toBeLessThan(Math.max(4 * error, 1e-9));
      expect(error).toBeLessThan(0.02 * expected);
    }
  });
});

describe("with ever more steps", () => {
  const STEPS = [1, 2, 4, 8, 16, 32, 64, 128];

  it("comes to −log p of the sequence", () => {
    const gaps = STEPS.map((steps) => Math.abs(enumeratedBound(steps) - sourceNats(SOURCE, X0)));
    expect(gaps.at(-1)).toBeLessThan(0.02);
    expect((gaps.at(-2) as number) / (gaps.at(-1) as number)).toBeCloseTo(2, 1);
  });

  it("falls to it in the mean over all sequences, half as far above with twice as many", () => {
    // Of a single sequence it can be below: the model in T steps has another law, of which it is the bound.
    const above = STEPS.map((steps) =>
      [...allSequences(3)].reduce((sum, x0) => {
        const nats = sourceNats(SOURCE, x0);
        return sum + Math.exp(-nats) * (enumeratedBound(steps, x0) - nats);
      }, 0),
    );
    for (let i = 1; i < above.length; i++) expect(above[i]).toBeLessThan(above[i - 1] as number);
    expect(above.at(-1)).toBeGreaterThan(0);
    expect((above.at(-2) as number) / (above.at(-1) as number)).toBeCloseTo(2, 1);
  });
});

it("masks nearly as continuous time does with many steps", () => {
  for (const share of countShares(2000, 10, 200_000).slice(1)) expect(share).toBeCloseTo(0.1, 3);
});

describe.each(NOISE_NAMES)("training under %s noise", (name) => {
  it("has the bound of the steps as its expectation, to 1e-12", () => {
    const [steps, crossEntropy] = [9, (m: number): number => 0.4 + 0.9 * m ** 2];
    const m = gridMaskProbabilities(noiseSchedule(name), steps);
    const draw = noiseDraw(noiseSchedule(name), { timeSteps: steps });
    let [expectation, bound] = [0, 0];
    for (let i = 1; i <= steps; i++) {
      // Any uniform of a step's part of [0, 1) draws it.
      for (const share of [0, 0.7]) {
        const stream = { uniform: () => (i - 1 + share) / steps, integer: () => 0 };
        const { maskProbability, weight } = draw(stream, 0, 1);
        expectation += (weight * maskProbability * crossEntropy(maskProbability)) / steps / 2;
      }
      bound += ((m[i] as number) - (m[i - 1] as number)) * crossEntropy(m[i] as number);
    }
    expect(expectation).toBeCloseTo(bound, 12);
  });
});

it("weighs 1/t under log-linear noise", () => {
  const draw = noiseDraw(LOGLINEAR, { timeSteps: 5 });
  for (let i = 0; i < 5; i++) {
    const { maskProbability, weight } = draw(
      { uniform: () => i / 5 + 0.1, integer: () => 0 },
      0,
      1,
    );
    expect(maskProbability).toBeCloseTo((i + 1) / 5, 14);
    expect(weight).toBeCloseTo(5 / (i + 1), 12);
  }
});
