/** Ancestral sampling of D3PM: its step against posteriors by Bayes' rule, and its samples against laws that are known. */

import { describe, expect, it } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { NOISE_NAMES, type NoiseSchedule, noiseSchedule } from "../../src/diffusion/noise.ts";
import { analyticGain } from "../../src/sampling/analytic.ts";
import { posteriorScore } from "../../src/sampling/posterior-score.ts";
import { samplersOf } from "../../src/sampling/samplers-of.ts";
import { transition } from "../../src/sampling/score-form.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { chainPosterior, MASK } from "../naive/absorbing-chain.ts";
import { allSequences, exactDenoise, SOURCE, sourceNats } from "../support/markov-source.ts";
import { bind, maskedBatch, samplerRandom, samplers } from "../support/sampling/bound-samplers.ts";
import { chiSquare, LENGTH, LIMIT } from "../support/sampling/chi-square.ts";

const OUTPUTS = Float64Array.of(0.3, -1.2, 2, 0.05, 0.7);
const LAW = (() => {
  const total = OUTPUTS.reduce((sum, o) => sum + Math.exp(o), 0);
  return Array.from(OUTPUTS, (o) => Math.exp(o) / total);
})();
const { ancestral } = samplersOf("d3pm");
const PLAIN = { temperature: 1, topP: 1 };

/** Linear noise, alpha = 1 − t, as it is trained. */
const linear = (t: number): number => -Math.log1p(-t);

it("a step's probabilities are the posterior with the prediction in place of the base", () => {
  for (const [t, s] of [
    [0.9, 0.8],
    [0.5, 0.1],
    [0.2, 0],
  ] as const) {
    const score = new Float64Array(5);
    posteriorScore(OUTPUTS, 0, linear(t), score);
    const after = transition(
      score,
      analyticGain({ sigma: linear } as NoiseSchedule, { call: 0, t, s }),
    );
    for (const [z, p] of chainPosterior(LAW, MASK, t, s).entries())
      expect(after[z]).toBeCloseTo(p, 12);
  }
});

/** The exact denoiser of the source with `m` of each prediction MASK's. */
function withMask(m: number): Denoise {
  const exact = exactDenoise(SOURCE);
  return async (ids, shape) => {
    const logits = Float64Array.from(await exact(ids, shape));
    const outputs = new Float64Array(5 * ids.length);
    for (let row = 0; row < ids.length; row++) {
      const four = logits.subarray(4 * row, 4 * row + 4);
      const total = four.reduce((sum, logit) => sum + Math.exp(logit), 0);
      outputs.set(
        four.map((logit) => logit + Math.log((1 - m) / total)),
        5 * row,
      );
      outputs[5 * row + 4] = Math.log(m);
    }
    return outputs;
  };
}

describe("samples", () => {
  it.each(NOISE_NAMES)("without a part of MASK are MDLM's, base for base: %s", async (name) => {
    const options = { ...PLAIN, calls: 40, noise: noiseSchedule(name) };
    const [batch, random] = [maskedBatch(20, 30), samplerRandom(4)];
    const made = await bind(ancestral, options)(withMask(0), batch, random);
    expect(made).toEqual(
      await bind(samplers.ancestral, options)(exactDenoise(SOURCE), batch, random),
    );
  });

  it("come later where MASK has a part, and all the same in the end", async () => {
    const counts = await Promise.all(
      [0, 0.9].map(async (m) => {
        const masked: number[] = [];
        const denoise: Denoise = (ids, shape) => {
          masked.push(ids.filter((id) => id === MASK_ID).length);
          return withMask(m)(ids, shape);
        };
        const options = { ...PLAIN, calls: 10, noise: noiseSchedule("loglinear") };
        const made = await bind(ancestral, options)(denoise, maskedBatch(1, 500), samplerRandom(1));
        expect(made.includes(MASK_ID)).toBe(false);
        return masked;
      }),
    );
    const [exact, late] = counts as [number[], number[]];
    expect(exact[5]).toBeLessThan(290); // half of 500 after five of ten steps
    expect(late[5]).toBeGreaterThan(320);
  });

  it("follow the law of an exact denoiser with many steps, chi-square", async () => {
    const options = { ...PLAIN, calls: 150, noise: noiseSchedule("loglinear") };
    const made = await bind(ancestral, options)(
      withMask(0),
      maskedBatch(3000, LENGTH),
      samplerRandom(3),
    );
    expect(chiSquare(made, (x) => Math.exp(-sourceNats(SOURCE, x)))).toBeLessThan(LIMIT);
  });

  it("of a few steps follow the chain back, chi-square", async () => {
    const [calls, m] = [3, 0.3];
    const noise = noiseSchedule("loglinear");
    const law = await chainLaw(withMask(m), calls, noise);
    expect([...law.values()].reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    const made = await bind(ancestral, { ...PLAIN, calls, noise })(
      withMask(m),
      maskedBatch(6000, LENGTH),
      samplerRandom(5),
    );
    const lawOf = (x: Uint8Array): number => law.get(x.join()) as number;
    expect(chiSquare(made, lawOf)).toBeLessThan(LIMIT);
    const exact = (x: Uint8Array): number => Math.exp(-sourceNats(SOURCE, x));
    expect(chiSquare(made, exact)).toBeGreaterThan(2 * LIMIT); // three steps are few
  });

  it("keep what may not change, and hold only allowed bases", async () => {
    const ids = Uint8Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? 2 : MASK_ID));
    const allowed = { allowed: () => 0b0110, reveal: () => {}, conceal: () => {} };
    const options = { ...PLAIN, calls: 6, noise: noiseSchedule("loglinear") };
    const made = await bind(ancestral, options)(
      withMask(0.2),
      { batch: 1, length: 12, ids, samples: [0], constraints: [allowed] },
      samplerRandom(2),
    );
    for (const [i, id] of made.entries()) {
      if (i % 3 === 0) expect(id).toBe(2);
      expect([1, 2]).toContain(id);
    }
  });
});

/** Law of whole sequences of three bases after `calls` steps of independent positions, the last one among bases alone. */
async function chainLaw(
  denoise: Denoise,
  calls: number,
  { maskProbability }: NoiseSchedule,
): Promise<Map<string, number>> {
  let law = new Map([[[MASK_ID, MASK_ID, MASK_ID].join(), 1]]);
  for (let call = 0; call < calls; call++) {
    const [t, s] = [(calls - call) / calls, (calls - call - 1) / calls].map(maskProbability) as [
      number,
      number,
    ];
    const next = new Map<string, number>();
    for (const [key, probability] of law) {
      const row = Uint8Array.from(key.split(","), Number);
      const outputs = await denoise(row, { batch: 1, length: LENGTH });
      const after = Array.from(row, (id, i) => {
        if (id !== MASK_ID) return new Map([[id, 1]]);
        const five = chainPosterior([...outputs.slice(5 * i, 5 * i + 5)].map(Math.exp), MASK, t, s);
        if (call < calls - 1) return new Map(five.map((p, z) => [z === MASK ? MASK_ID : z, p]));
        return new Map(five.slice(0, 4).map((p, z) => [z, p / (1 - (five[MASK] as number))]));
      });
      const [first, second, third] = after as [
        Map<number, number>,
        Map<number, number>,
        Map<number, number>,
      ];
      for (const [a, pa] of first)
        for (const [b, pb] of second)
          for (const [c, pc] of third) {
            const to = [a, b, c].join();
            next.set(to, (next.get(to) ?? 0) + probability * pa * pb * pc);
          }
    }
    law = next;
  }
  expect(law.size).toBe([...allSequences(LENGTH)].length);
  return law;
}
