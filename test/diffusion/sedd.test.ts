/** SEDD's absorbing objective: the definition of score entropy, its identity with MDLM, and its bound. */

import { describe, expect, it } from "vitest";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { NOISE_NAMES, noiseSchedule } from "../../src/diffusion/noise.ts";
import { scoreNats, sedd } from "../../src/diffusion/sedd.ts";
import { maskedNats } from "../../src/diffusion/subs.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { windowLikelihoods } from "../../src/score/window-likelihood.ts";
import { exactDenoise, SOURCE, sourceNats } from "../support/markov-source.ts";
import { randomIds } from "../support/random-ids.ts";

const OUTPUTS = Float64Array.of(0.3, -1.2, 2, 0.05);
/** Outputs whose scores are those of a denoiser: e^o adds up to 4. */
const proper = (outputs: Float64Array): Float64Array => {
  const total = outputs.reduce((sum, o) => sum + Math.exp(o), 0);
  return outputs.map((o) => o + Math.log(4 / total));
};

describe.each(NOISE_NAMES)("under %s noise", (name) => {
  const noise = noiseSchedule(name);

  it("σ′ times the score entropy of its definition is the weight times the nats of the outputs", () => {
    for (const t of [0.05, 0.3, 0.7, 0.95]) {
      const [sigma, rate] = [noise.sigma(t), noise.sigmaPrime(t)];
      // Outputs less log(e^σ − 1) and log of the number of bases are log scores; the true ratio of the clean base is 1/(e^σ − 1).
      const logScores = OUTPUTS.map((o) => o - Math.log(Math.exp(sigma) - 1) - Math.log(4));
      const ratio = 1 / (Math.exp(sigma) - 1);
      for (let x = 0; x < 4; x++) {
        const scores = logScores.reduce((sum, s) => sum + Math.exp(s), 0);
        const entropy = scores - ratio * (logScores[x] as number) + ratio * (Math.log(ratio) - 1);
        const own = noise.weight(t) * scoreNats(OUTPUTS, 0, x);
        expect(own / (rate * entropy)).toBeCloseTo(1, 6);
      }
    }
  });

  it("hides and weighs what MDLM does", () => {
    const random = {
      time: addressedRandom(1, "trainingTime"),
      mask: addressedRandom(1, "corruption"),
    };
    const x0 = randomIds(50, 3, 0.1);
    const [own, other] = [sedd(noise), mdlm(noise)].map((one) => one.corrupt(x0, 5, 8, random));
    expect(own).toEqual(other);
  });
});

describe("nats of the outputs", () => {
  it("are −ln p where the scores are a denoiser's, as MDLM's cross-entropy", () => {
    const outputs = proper(OUTPUTS);
    for (let x = 0; x < 4; x++)
      expect(scoreNats(outputs, 0, x)).toBeCloseTo(maskedNats(OUTPUTS, 0, x), 12);
  });

  it("are more on every other scale, and ln 4 where the outputs are zero", () => {
    for (const shift of [-2, -0.1, 0.1, 2]) {
      const off = proper(OUTPUTS).map((o) => o + shift);
      expect(scoreNats(off, 0, 2)).toBeGreaterThan(maskedNats(OUTPUTS, 0, 2) + 1e-3);
    }
    expect(scoreNats(new Float64Array(4), 0, 1)).toBeCloseTo(Math.log(4), 14);
  });
});

describe("the bound", () => {
  const bound = async (shift: number): Promise<{ above: number; error: number }> => {
    const exact = exactDenoise(SOURCE);
    const scores = async (ids: Uint8Array, shape: { batch: number; length: number }) => {
      const logits = Float64Array.from(await exact(ids, shape));
      for (let at = 0; at < logits.length; at += 4)
        logits.set(
          proper(logits.subarray(at, at + 4)).map((o) => o + shift),
          at,
        );
      return logits;
    };
    const ids = randomIds(6, 2);
    const window = { index: 0, ids, isSoftMasked: new Uint8Array(6) };
    const { likelihood } = sedd(noiseSchedule("loglinear"));
    const options = { likelihood, draws: 4000, batchSize: 500, seed: 2 };
    for await (const { nats, standardErrorNats } of windowLikelihoods(scores, [window], options)) {
      return { above: nats - sourceNats(SOURCE, ids), error: standardErrorNats as number };
    }
    throw new Error("expected a window");
  };

  it("is −log p for exact scores, and above it for scores of another scale", async () => {
    const exact = await bound(0);
    expect(exact.error).toBeLessThan(0.1);
    expect(Math.abs(exact.above)).toBeLessThan(4 * exact.error);
    expect((await bound(0.5)).above).toBeGreaterThan(0.4); // e^½ − ½ − 1 = 0.15 nats a base
  });
});
