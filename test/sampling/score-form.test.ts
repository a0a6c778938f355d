/** Transitions by scores against SEDD's own matrices, and against ancestral sampling. */

import { describe, expect, it } from "vitest";
import { NOISE_NAMES, noiseSchedule } from "../../src/diffusion/noise.ts";
import { analyticGain } from "../../src/sampling/analytic.ts";
import { eulerGain } from "../../src/sampling/euler.ts";
import { samplersOf } from "../../src/sampling/samplers-of.ts";
import { maskedScore, scaledScore, transition } from "../../src/sampling/score-form.ts";
import { timeSteps } from "../../src/sampling/time-steps.ts";
import { exactDenoise, SOURCE } from "../support/markov-source.ts";
import { bind, maskedBatch, samplerRandom, samplers } from "../support/sampling/bound-samplers.ts";

const PROBABILITIES = [0.05, 0.15, 0.3, 0.5];
const LOGITS = Float64Array.from(PROBABILITIES, (p) => Math.log(p) + 3);
const MASK = 4;

/** Scores of a masked position: p / (e^σ − 1), and 1. */
const scoreAt = (sigma: number): Float64Array =>
  Float64Array.from([...PROBABILITIES.map((p) => p / (Math.exp(sigma) - 1)), 1]);

const STEPS = [...timeSteps(7)];

describe.each(NOISE_NAMES)("under %s noise", (name) => {
  const noise = noiseSchedule(name);

  it("the scores of a denoiser are its probabilities over e^σ − 1", () => {
    for (const { t } of STEPS) {
      const score = new Float64Array(5);
      maskedScore(LOGITS, 0, noise.sigma(t), score);
      const expected = scoreAt(noise.sigma(t));
      for (const [i, value] of score.entries())
        expect(value / (expected[i] as number)).toBeCloseTo(1, 12);
    }
  });

  it("outputs of SEDD whose e^o add up to 4 have the scores of the denoiser with those logits", () => {
    const outputs = Float64Array.from(PROBABILITIES, (p) => Math.log(4 * p));
    for (const { t } of STEPS) {
      const [own, other] = [new Float64Array(5), new Float64Array(5)];
      scaledScore(outputs, 0, noise.sigma(t), own);
      maskedScore(LOGITS, 0, noise.sigma(t), other);
      for (const [i, value] of own.entries())
        expect(value / (other[i] as number)).toBeCloseTo(1, 12);
    }
  });

  it("the analytic transition is SEDD's product of staggered score and transposed transition", () => {
    for (const step of STEPS) {
      const score = scoreAt(noise.sigma(step.t));
      const dsigma = noise.sigma(step.t) - noise.sigma(step.s);
      const staggered = score.map((value) => value * Math.exp(dsigma));
      staggered[MASK] =
        (staggered[MASK] as number) +
        (1 - Math.exp(dsigma)) * score.reduce((sum, value) => sum + value, 0);
      const transposed = score.map((_, y) =>
        y === MASK ? Math.exp(-dsigma) + (1 - Math.exp(-dsigma)) : 1 - Math.exp(-dsigma),
      );
      const after = transition(score, analyticGain(noise, step));
      for (const [y, p] of after.entries()) {
        expect(p).toBeCloseTo((staggered[y] as number) * (transposed[y] as number), 6);
      }
    }
  });

  it("for a denoiser's scores it is the ancestral one, which adds up to 1", () => {
    for (const step of STEPS) {
      const after = transition(scoreAt(noise.sigma(step.t)), analyticGain(noise, step));
      const [now, then] = [noise.maskProbability(step.t), noise.maskProbability(step.s)];
      for (const [base, p] of PROBABILITIES.entries())
        expect(after[base]).toBeCloseTo((p * (now - then)) / now, 11);
      expect(after[MASK]).toBeCloseTo(then / now, 9);
    }
  });

  it("Euler's transition is that of the reverse rates, clipped where they exceed 1", () => {
    for (const step of STEPS) {
      const score = scoreAt(noise.sigma(step.t));
      const rates = score.map((value) => value * noise.sigmaPrime(step.t) * (step.t - step.s));
      const leaves = rates.subarray(0, 4).reduce((sum, rate) => sum + rate, 0);
      const after = transition(score, eulerGain(noise, step));
      for (let base = 0; base < 4; base++)
        expect(after[base]).toBeCloseTo(rates[base] as number, 12);
      expect(after[MASK]).toBeCloseTo(Math.max(0, 1 - leaves), 12);
      expect(after[MASK]).toBeGreaterThanOrEqual(0);
    }
  });
});

it("a large step of Euler's has to be clipped under some schedules", () => {
  const leaves = NOISE_NAMES.map((name) => {
    const noise = noiseSchedule(name);
    const gain = eulerGain(noise, { call: 1, t: 0.5, s: 0 });
    const after = transition(scoreAt(noise.sigma(0.5)), gain);
    return after.subarray(0, 4).reduce((sum, p) => sum + p, 0);
  });
  expect(Math.max(...leaves)).toBeGreaterThan(1);
});

it("scores of no denoiser never give a negative probability", () => {
  const after = transition(Float64Array.of(9, 9, 9, 9, 1), 0.5);
  expect([...after]).toEqual([4.5, 4.5, 4.5, 4.5, 0]);
});

describe("samples", () => {
  const denoise = exactDenoise(SOURCE);
  const batch = maskedBatch(20, 30);

  it.each(NOISE_NAMES)("analytic ones are ancestral ones, base for base: %s", async (name) => {
    const options = { calls: 40, temperature: 1, topP: 1, noise: noiseSchedule(name) };
    const made = await bind(samplers.analytic, options)(denoise, batch, samplerRandom(4));
    const ancestral = await bind(samplers.ancestral, options)(denoise, batch, samplerRandom(4));
    expect(made).toEqual(ancestral);
  });

  it("Euler's are too under loglinear noise, whose steps its first order meets, and not under others", async () => {
    for (const [name, isEqual] of [
      ["loglinear", true],
      ["cosine-squared", false],
    ] as const) {
      const options = { calls: 40, temperature: 1, topP: 1, noise: noiseSchedule(name) };
      const made = await bind(samplers.euler, options)(denoise, batch, samplerRandom(4));
      const ancestral = await bind(samplers.ancestral, options)(denoise, batch, samplerRandom(4));
      expect(Buffer.compare(made, ancestral) === 0).toBe(isEqual);
    }
  });
});

describe("SEDD's samplers", () => {
  const exact = exactDenoise(SOURCE);
  const outputs =
    (scale: number): typeof exact =>
    async (ids, shape) => {
      const logits = Float64Array.from(await exact(ids, shape));
      for (let at = 0; at < logits.length; at += 4) {
        const four = logits.subarray(at, at + 4).map(Math.exp);
        const total = four.reduce((sum, p) => sum + p, 0);
        logits.set(
          four.map((p) => Math.log((4 * scale * p) / total)),
          at,
        );
      }
      return logits;
    };
  const own = samplersOf("sedd");

  it.each(["analytic", "euler"] as const)(
    "%s with scores of the denoiser draws what MDLM's draws, and others where they are too large",
    async (name) => {
      const options = { calls: 9, temperature: 1, topP: 1, noise: noiseSchedule("loglinear") };
      const [batch, random] = [maskedBatch(20, 10), samplerRandom(3)];
      const expected = await bind(samplers[name], options)(exact, batch, random);
      const sample = bind(own[name], options);
      expect(await sample(outputs(1), batch, random)).toEqual(expected);
      expect(await sample(outputs(1.5), batch, random)).not.toEqual(expected);
    },
  );
});
