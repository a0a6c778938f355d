/** Samples of SEDD, leant, against those of a denoiser with the same laws, leant alike: scores that add up to 4 still do. */

import { expect, test } from "vitest";
import type { Denoise } from "../../src/diffusion/denoise.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { strandAverage } from "../../src/diffusion/strand-average.ts";
import { guidedByClassifier, guidedByGradient } from "../../src/sampling/classifier-guidance.ts";
import { withGcTarget } from "../../src/sampling/gc-tilt.ts";
import { guidedDenoise } from "../../src/sampling/guidance.ts";
import { withPositionPrior } from "../../src/sampling/position-prior.ts";
import type { SamplerBatch } from "../../src/sampling/sampler.ts";
import { samplersOf } from "../../src/sampling/samplers-of.ts";
import { exactLogits, type MarkovSource, SOURCE } from "../support/markov-source.ts";
import { maskedBatch, samplerRandom } from "../support/sampling/bound-samplers.ts";

const LENGTH = 40;
const UNTOLD: MarkovSource = { ...SOURCE, transition: [...SOURCE.transition].reverse() };

/** The exact denoiser of SOURCE where rows have a class, of UNTOLD where not, whose e^logit add up to `mass`. */
const exact =
  (mass: number): Denoise =>
  async (ids, { batch, length, labels }) => {
    const logits = new Float64Array(4 * ids.length);
    for (let row = 0; row < batch; row++) {
      const own = ids.subarray(row * length, (row + 1) * length);
      const law = exactLogits(labels === undefined ? UNTOLD : SOURCE, own);
      for (let at = 0; at < law.length; at += 4) {
        const four = law.subarray(at, at + 4);
        const sum = four.reduce((total, logit) => total + Math.exp(logit), 0);
        const shift = Math.log(mass / sum);
        logits.set(
          four.map((logit) => logit + shift),
          4 * row * length + at,
        );
      }
    }
    return logits;
  };

/** log p of two classes of which the second likes A. */
const likesA = async (
  ids: Uint8Array,
  { batch, length }: { batch: number; length: number },
): Promise<Float64Array> =>
  Float64Array.from({ length: 2 * batch }, (_, i) => {
    const row = Math.floor(i / 2);
    const share = ids.subarray(row * length, (row + 1) * length).filter((id) => id === 0).length;
    return Math.log(i % 2 === 0 ? 1 - share / (length + 1) : (share + 1) / (length + 1));
  });

const slope = async (ids: Uint8Array): Promise<Float64Array> =>
  Float64Array.from({ length: 6 * ids.length }, (_, i) => Math.sin(i));

const PRIOR = Float64Array.from({ length: 4 * LENGTH }, (_, i) => 2 * Math.cos(i) - 3);

const LEANT: Record<string, (denoise: Denoise) => Denoise> = {
  "a classifier": (denoise) => guidedByClassifier(denoise, likesA, { label: 1, strength: 3 }),
  "a classifier's gradient": (denoise) =>
    guidedByGradient(denoise, slope, { label: 0, strength: 2 }),
  "guidance of 4": (denoise) => guidedDenoise(denoise, 4),
  "a matrix": (denoise) => withPositionPrior(denoise, PRIOR),
  "a target of G and C": (denoise) => withGcTarget(denoise, 0.8, 1),
  "both strands": strandAverage,
};

async function sampled(objective: "mdlm" | "sedd", denoise: Denoise): Promise<Uint8Array> {
  const plain = maskedBatch(6, LENGTH);
  const batch: SamplerBatch = { ...plain, labels: plain.samples.map(() => 1) };
  const options = { calls: 10, temperature: 1, topP: 1, noise: noiseSchedule("loglinear") };
  return samplersOf(objective).analytic(denoise, batch, options, samplerRandom(5));
}

test.each(Object.keys(LEANT))("%s", async (name) => {
  const lean = LEANT[name] as (denoise: Denoise) => Denoise;
  const leant = await sampled("sedd", lean(exact(4)));
  expect(leant).toEqual(await sampled("mdlm", lean(exact(0.3))));
  expect(leant).not.toEqual(await sampled("sedd", exact(4)));
});
