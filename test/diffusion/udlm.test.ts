/** UDLM's loss against its definition (reference-uniform.test.ts has its code's numbers), and its bound against −log p by enumeration. */

import { describe, expect, it } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { NOISE_NAMES, noiseSchedule } from "../../src/diffusion/noise.ts";
import { MIN_TIME } from "../../src/diffusion/training-time.ts";
import { udlm } from "../../src/diffusion/udlm.ts";
import { MAX_REDRAWN } from "../../src/diffusion/uniform-estimator.ts";
import { uniformPosterior } from "../../src/diffusion/uniform-noise.ts";
import { denoiserScores, logRatios, ratioNats } from "../../src/diffusion/uniform-ratios.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { windowLikelihoods } from "../../src/score/window-likelihood.ts";
import { N_ID } from "../../src/tokens/alphabet.ts";
import { integrate } from "../support/integrate.ts";
import { allSequences } from "../support/markov-source.ts";
import { randomIds } from "../support/random-ids.ts";
import { cleanLaw, type Law, leaveOneOut, rowKernel } from "../support/uniform-law.ts";

const BASES = [0, 1, 2, 3];
const LOGITS = Float64Array.of(0.3, -1.2, 2, 0.05);
const softmaxed = (logits: Float64Array): Float64Array => {
  const total = logits.reduce((sum, o) => sum + Math.exp(o), 0);
  return logits.map((o) => Math.exp(o) / total);
};

/** Nats that logits cost at a position a nat of total noise. */
function nats(logits: Float64Array, x: number, z: number, redrawn: number, row = 0): number {
  const [scores, truth] = [new Float64Array(4), new Float64Array(4)];
  denoiserScores(logits, row, z, redrawn, scores);
  logRatios(x, z, redrawn, truth);
  return ratioNats(scores, truth);
}

describe("the loss of a position", () => {
  /** T KL(q(z_s | z_t, x) ‖ the posterior of the prediction) for s = t − 1/T, under loglinear noise. */
  const scaledKl = (steps: number, t: number, x: number, z: number): number => {
    const { maskProbability } = noiseSchedule("loglinear");
    const step = { atT: maskProbability(t), atS: maskProbability(t - 1 / steps) };
    const [q, p] = [new Float64Array(4), new Float64Array(4)];
    uniformPosterior(
      Float64Array.from(BASES, (y) => (y === x ? 1 : 0)),
      z,
      step,
      q,
    );
    uniformPosterior(softmaxed(LOGITS), z, step, p);
    return steps * q.reduce((sum, share, y) => sum + share * Math.log(share / (p[y] as number)), 0);
  };

  it("is the limit of T KL as steps grow, met at the rate 1/T", () => {
    const { sigmaPrime, maskProbability } = noiseSchedule("loglinear");
    for (const t of [0.1, 0.5, 0.9]) {
      for (const x of BASES) {
        for (const z of BASES) {
          const limit = sigmaPrime(t) * nats(LOGITS, x, z, maskProbability(t));
          const [coarse, fine] = [scaledKl(2000, t, x, z), scaledKl(4000, t, x, z)];
          expect(Math.abs((2 * fine - coarse) / limit - 1)).toBeLessThan(2e-4);
          const errors = [coarse, fine].map((value) => Math.abs(value - limit));
          expect((errors[1] as number) / (errors[0] as number)).toBeCloseTo(0.5, 1);
        }
      }
    }
  });

  it("is nothing where the prediction is the clean base, and never negative", () => {
    for (const redrawn of [1e-9, 1e-3, 0.4, 0.999]) {
      for (const x of BASES) {
        const sure = Float64Array.from(BASES, (y) => (y === x ? 0 : -800));
        for (const z of BASES) {
          expect(nats(sure, x, z, redrawn)).toBeCloseTo(0, 12);
          expect(nats(LOGITS, x, z, redrawn)).toBeGreaterThan(0);
        }
      }
    }
  });
});

describe.each(NOISE_NAMES)("the corruption under %s noise", (name) => {
  const noise = noiseSchedule(name);
  const random = {
    time: addressedRandom(1, "trainingTime"),
    mask: addressedRandom(1, "corruption"),
  };

  it("weighs bases by the rate of the noise that the network is told, and N not", () => {
    const x0 = randomIds(400, 3, 0.1);
    const { xt, weight, level } = udlm(noise).corrupt(x0, 5, 8, random);
    const u = (5 + random.time.uniform(5)) / 8;
    const t = MIN_TIME + (1 - MIN_TIME) * u;
    expect(level).toBeCloseTo(noise.sigma(t), 12);
    for (const [i, id] of x0.entries()) {
      if (id === N_ID) expect([xt[i], weight[i]]).toEqual([N_ID, 0]);
      else expect(weight[i]).toBeCloseTo(noise.sigmaPrime(t), 2);
      expect(xt[i]).toBeLessThan(5);
    }
    const changed = x0.filter((id, i) => id !== xt[i]).length / x0.length;
    expect(Math.abs(changed - 0.675 * noise.maskProbability(t))).toBeLessThan(0.1);
  });
});

/** A law over two bases in which each says much of the other. */
const WEIGHTS = Float64Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 6 : 1 + (i % 3)));
const law = (sequence: Uint8Array): number =>
  (WEIGHTS[4 * (sequence[0] as number) + (sequence[1] as number)] as number) /
  WEIGHTS.reduce((sum, weight) => sum + weight, 0);

describe("the bound by enumeration", () => {
  /** E over z of what all positions cost a nat of noise. */
  const expected = (of: Law, x: Uint8Array, redrawn: number, isLeftOut: boolean): number => {
    const alpha = 1 - redrawn;
    let sum = 0;
    for (const z of allSequences(2)) {
      for (const i of [0, 1]) {
        const logits = Float64Array.from(cleanLaw(of, z, i, alpha, isLeftOut), Math.log);
        sum += rowKernel(x, z, alpha) * nats(logits, x[i] as number, z[i] as number, redrawn);
      }
    }
    return sum;
  };
  /** The integral over the noise, with m = M u⁴: logarithms at little noise are smooth in u. */
  const integralOf = (of: Law, x: Uint8Array, isLeftOut: boolean): number =>
    integrate(
      (u) => {
        const redrawn = MAX_REDRAWN * u ** 4;
        return (4 * MAX_REDRAWN * u ** 3 * expected(of, x, redrawn, isLeftOut)) / (1 - redrawn);
      },
      0,
      1,
      12,
    );
  const integral = (x: Uint8Array, isLeftOut: boolean): number => integralOf(law, x, isLeftOut);
  const alpha = 1 - MAX_REDRAWN;
  /** KL(q(z_1 | x) ‖ q(z_1)): what is left to say when the integral begins. */
  const rest = (x: Uint8Array): number => {
    let sum = 0;
    for (const z of allSequences(2)) {
      const q = rowKernel(x, z, alpha);
      let marginal = 0;
      for (const y of allSequences(2)) marginal += law(y) * rowKernel(y, z, alpha);
      sum += q * Math.log(q / marginal);
    }
    return sum;
  };

  it("is −log p with the law of each base given all others", () => {
    for (const x of [Uint8Array.of(0, 0), Uint8Array.of(0, 3), Uint8Array.of(2, 1)])
      expect(integral(x, true) + rest(x)).toBeCloseTo(-Math.log(law(x)), 6);
  });

  it("is above it with the law that sees the position too, the posterior mean", () => {
    let [gap, entropy] = [0, 0];
    for (const x of allSequences(2)) {
      gap += law(x) * (integral(x, false) + Math.log(law(x)));
      entropy -= law(x) * Math.log(law(x));
    }
    expect(gap).toBeGreaterThan(0.1 * entropy);
  });

  it("is ln 4 a base of a network that says all bases are equal, in every draw too", async () => {
    const x = Uint8Array.of(0, 3);
    const even: Law = () => 1 / 16;
    let prior = 0; // KL(q(z_1 | x) ‖ equal bases)
    for (const z of allSequences(2)) {
      const q = rowKernel(x, z, alpha);
      prior += q * Math.log(16 * q);
    }
    expect(integralOf(even, x, true) + prior).toBeCloseTo(2 * Math.log(4), 9);
    const { likelihood } = udlm(noiseSchedule("loglinear"));
    const zeros: Denoise = async (ids) => new Float64Array(4 * ids.length);
    const window = { index: 0, ids: x, isSoftMasked: Uint8Array.of(0, 1) };
    const options = { likelihood, draws: 50, batchSize: 50, seed: 1 };
    for await (const { draws } of windowLikelihoods(zeros, [window], options)) {
      for (const { nats } of draws) expect(nats).toBeCloseTo(2 * Math.log(4), 12);
    }
    expect.assertions(51);
  });

  it("is what the estimator's draws average to, within four standard errors, N not counted", async () => {
    const { likelihood } = udlm(noiseSchedule("loglinear"));
    const options = { likelihood, draws: 20_000, batchSize: 1000, seed: 2 };
    const exact = leaveOneOut(law);
    const network: typeof exact = async (ids, shape) => {
      const pairs = Uint8Array.from(
        { length: 2 * shape.batch },
        (_, i) => ids[3 * Math.floor(i / 2) + 2 * (i % 2)] as number,
      );
      const two = await exact(pairs, { ...shape, length: 2 });
      const outputs = new Float64Array(12 * shape.batch).fill(Number.NaN);
      for (let row = 0; row < shape.batch; row++) {
        outputs.set(two.subarray(8 * row, 8 * row + 4), 12 * row);
        outputs.set(two.subarray(8 * row + 4, 8 * row + 8), 12 * row + 8);
      }
      return outputs;
    };
    const window = {
      index: 3,
      ids: Uint8Array.of(0, N_ID, 3),
      isSoftMasked: Uint8Array.of(1, 0, 0),
    };
    for await (const scored of windowLikelihoods(network, [window], options)) {
      const error = scored.standardErrorNats as number;
      expect(error).toBeLessThan(0.015);
      expect(Math.abs(scored.nats + Math.log(law(Uint8Array.of(0, 3))))).toBeLessThan(4 * error);
      expect(scored.softMaskedNats).toBeGreaterThan(0.3);
      expect(scored.softMaskedNats).toBeLessThan(scored.nats - 0.3);
      expect(scored.draws.every(({ maskedBases }) => maskedBases === undefined)).toBe(true);
    }
    expect.assertions(5);
  });
});
