/** Samples from the exact denoiser of a Markov source against the source itself. */

import { describe, expect, it } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { drawBase } from "../../src/sampling/categorical.ts";
import type { Sampler, SamplerBatch } from "../../src/sampling/sampler.ts";
import { SAMPLER_NAMES, samplersOf } from "../../src/sampling/samplers-of.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { allSequences, exactDenoise, SOURCE, sourceNats } from "../support/markov-source.ts";

const LENGTH = 3;
const SAMPLES = 4000;
const samplers = samplersOf("mdlm");
const denoise = exactDenoise(SOURCE);

function masked(batch: number, length: number, first = 0): SamplerBatch {
  const samples = Array.from({ length: batch }, (_, i) => first + i);
  return { batch, length, ids: new Uint8Array(batch * length).fill(MASK_ID), samples };
}

const random = (seed: number) => ({
  order: addressedRandom(seed, "samplerOrder"),
  token: addressedRandom(seed, "samplerToken"),
});

/** Pearson's statistic of samples against the source over all 64 sequences of three bases. */
async function chiSquare(sampler: Sampler, calls: number): Promise<number> {
  const ids = await sampler(
    denoise,
    masked(SAMPLES, LENGTH),
    { calls, temperature: 1, topP: 1 },
    random(3),
  );
  const counts = new Map<string, number>();
  for (let i = 0; i < SAMPLES; i++) {
    const key = ids.subarray(i * LENGTH, (i + 1) * LENGTH).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let statistic = 0;
  for (const sequence of allSequences(LENGTH)) {
    const expected = SAMPLES * Math.exp(-sourceNats(SOURCE, sequence));
    statistic += ((counts.get(sequence.join()) ?? 0) - expected) ** 2 / expected;
  }
  return statistic;
}

/** 99.9 % quantile of chi-square with 63 degrees of freedom (scipy.stats.chi2.ppf(0.999, 63)). */
const LIMIT = 103.44;

describe("samples of the exact denoiser", () => {
  it("follow the source with one position a call in random order", async () => {
    expect(await chiSquare(samplers["random-order"], LENGTH)).toBeLessThan(LIMIT);
  });

  it("follow the source under many ancestral steps", async () => {
    expect(await chiSquare(samplers.ancestral, 200)).toBeLessThan(LIMIT);
  });

  it("do not follow it when one call reveals all positions, which draws them independently", async () => {
    for (const name of SAMPLER_NAMES)
      expect(await chiSquare(samplers[name], 1)).toBeGreaterThan(5 * LIMIT);
  });
});

describe.each(SAMPLER_NAMES)("the %s sampler", (name) => {
  const sampler = samplers[name];

  it("gives a sample the same bases whatever batch it is in", async () => {
    const options = { calls: 4, temperature: 1, topP: 1 };
    const all = await sampler(denoise, masked(6, 12), options, random(1));
    for (const size of [1, 2, 5]) {
      const parts: number[] = [];
      for (let first = 0; first < 6; first += size) {
        parts.push(
          ...(await sampler(
            denoise,
            masked(Math.min(size, 6 - first), 12, first),
            options,
            random(1),
          )),
        );
      }
      expect(parts).toEqual([...all]);
    }
  });

  it("keeps what is not masked, fills the rest, and leaves its input alone", async () => {
    const ids = Uint8Array.of(0, MASK_ID, 2, MASK_ID, MASK_ID, 3);
    const before = ids.slice();
    const batch = { batch: 1, length: 6, ids, samples: [0] };
    const out = await sampler(denoise, batch, { calls: 2, temperature: 1, topP: 1 }, random(5));
    expect(ids).toEqual(before);
    expect([out[0], out[2], out[5]]).toEqual([0, 2, 3]);
    expect(out.every((id) => id < 4)).toBe(true);
  });

  it("never calls the network more often than asked", async () => {
    for (const calls of [1, 3, 7, 50]) {
      let count = 0;
      const counting: Denoise = (ids, shape) => {
        count++;
        return denoise(ids, shape);
      };
      await sampler(counting, masked(2, 7), { calls, temperature: 1, topP: 1 }, random(2));
      expect(count).toBeLessThanOrEqual(Math.min(calls, name === "random-order" ? 7 : 14));
    }
  });
});

it("takes the likeliest base at temperature 0, and flattens the choice above 1", () => {
  const logits = Float64Array.of(1, 3, 2, 0);
  expect(drawBase(logits, 0, 0.999, { temperature: 0, topP: 1 })).toBe(1);
  const share = (temperature: number): number => {
    let hits = 0;
    for (let i = 0; i < 1000; i++)
      if (drawBase(logits, 0, (i + 0.5) / 1000, { temperature, topP: 1 }) === 1) hits++;
    return hits / 1000;
  };
  const exact = (tau: number): number => {
    const weights = [1, 3, 2, 0].map((logit) => Math.exp(logit / tau));
    return (weights[1] as number) / weights.reduce((a, b) => a + b, 0);
  };
  for (const tau of [0.5, 1, 4]) expect(share(tau)).toBeCloseTo(exact(tau), 2);
});
