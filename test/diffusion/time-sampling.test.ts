/** Every way of drawing times has the NELBO as its expectation: against quadrature, closed forms and many examples. */

import { describe, expect, it } from "vitest";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { mlm } from "../../src/diffusion/mlm.ts";
import { NOISE_NAMES, noiseSchedule } from "../../src/diffusion/noise.ts";
import { sedd } from "../../src/diffusion/sedd.ts";
import { noiseDraw, TIME_SAMPLINGS, type TimeSampling } from "../../src/diffusion/time-sampling.ts";
import { MIN_TIME } from "../../src/diffusion/training-time.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";
import { integrate } from "../support/integrate.ts";

const RANDOM = { time: addressedRandom(2, "trainingTime"), mask: addressedRandom(2, "corruption") };

/** Nats of a masked base where the share m of a window is masked: more is harder. */
const crossEntropy = (m: number): number => 0.4 + 0.9 * m ** 2;
/** ∫ of it over m, which is the NELBO a base: S(m)/m for S = m · crossEntropy. */
const primitive = (m: number): number => 0.4 * m + 0.3 * m ** 3;

/** The stream of times when it draws u. */
const drawing = (u: number) => ({ uniform: () => u, integer: () => 0 });

const isWeighted = (sampling: TimeSampling): boolean =>
  sampling === "stratified" || sampling === "independent";

describe.each(NOISE_NAMES)("under %s noise", (name) => {
  const noise = noiseSchedule(name);
  const [least, most] = [MIN_TIME, 1].map(noise.maskProbability) as [number, number];
  const covered = primitive(most) - primitive(least);

  it.each(TIME_SAMPLINGS)(
    "%s times have the integral as their expectation, to 1e-9",
    (sampling) => {
      const draw = noiseDraw(noise, { timeSampling: sampling });
      const atUniform = (u: number): number => {
        const { maskProbability, weight } = draw(drawing(u), 0, 1);
        return weight * maskProbability * crossEntropy(maskProbability);
      };
      const expectation = integrate(atUniform, 0, 1, 4000);
      expect(expectation * (isWeighted(sampling) ? 1 - MIN_TIME : 1)).toBeCloseTo(covered, 9);
    },
  );

  it("importance times are those of a density in proportion to the weight", () => {
    const draw = noiseDraw(noise, { timeSampling: "importance" });
    const total = integrate(noise.weight, MIN_TIME, 1, 4000);
    for (const t of [0.002, 0.03, 0.4, 0.97]) {
      const u = integrate(noise.weight, MIN_TIME, t, 4000) / total; // the distribution function
      const { maskProbability, weight } = draw(drawing(u), 0, 1);
      expect(maskProbability / noise.maskProbability(t)).toBeCloseTo(1, 6);
      expect(weight / total).toBeCloseTo(1, 6);
    }
  });
});

it("importance and change of variables weigh ln 1000 under log-linear noise, as MDLM's 6.908, and mask alike", () => {
  const [one, other] = (["importance", "change-of-variables"] as const).map((timeSampling) =>
    Array.from({ length: 16 }, (_, j) =>
      mdlm(noiseSchedule("loglinear"), { timeSampling }).corrupt(
        new Uint8Array(300),
        j,
        16,
        RANDOM,
      ),
    ),
  );
  expect(one).toEqual(other);
  const weights = one?.flatMap(({ weight }) => [...weight].filter((w) => w > 0)) ?? [];
  expect(weights.length).toBeGreaterThan(100);
  for (const weight of weights) expect(weight).toBeCloseTo(Math.log(1000), 5);
});

describe.each(TIME_SAMPLINGS)("%s times", (timeSampling) => {
  const noise = noiseSchedule("loglinear");
  const objective = mdlm(noise, { timeSampling });
  const GROUP = 16;
  const LENGTH = 30;

  it("average to the integral over many examples, within four standard errors", () => {
    // A network whose nats a masked base are linear in how many are masked: E of k² is n m (1 + (n − 1) m).
    const means = Array.from({ length: 400 }, (_, group) => {
      let sum = 0;
      for (let j = 0; j < GROUP; j++) {
        const { xt, weight } = objective.corrupt(
          new Uint8Array(LENGTH),
          group * GROUP + j,
          GROUP,
          RANDOM,
        );
        const masked = xt.filter((id) => id === MASK_ID).length;
        for (const w of weight) sum += (w * masked) / LENGTH;
      }
      return sum / GROUP;
    });
    const mean = means.reduce((a, b) => a + b, 0) / means.length;
    const variance = means.reduce((a, b) => a + (b - mean) ** 2, 0) / (means.length - 1);
    const [least, most] = [MIN_TIME, 1].map(noise.maskProbability) as [number, number];
    const integral = most - least + ((LENGTH - 1) * (most ** 2 - least ** 2)) / 2;
    const expected = integral / (isWeighted(timeSampling) ? 1 - MIN_TIME : 1);
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(variance / means.length));
    expect(Math.sqrt(variance / means.length)).toBeLessThan(0.05 * expected);
  });

  it("are of each stratum of a batch once, unless they are independent", () => {
    const draw = noiseDraw(noise, { timeSampling });
    const ordered = Array.from({ length: 64 }, (_, j) => draw(RANDOM.time, 640 + j, 64))
      .map(({ maskProbability }) => maskProbability)
      .every((m, j, all) => j === 0 || m > (all[j - 1] as number));
    expect(ordered).toBe(timeSampling !== "independent");
  });

  it("leave a warm-up's masks light", () => {
    const warming = mdlm(noise, { maskWarmup: 1, timeSampling });
    for (let j = 0; j < 8; j++) {
      const { xt } = warming.corrupt(new Uint8Array(2000), j, 8, RANDOM);
      const share = xt.filter((id) => id === MASK_ID).length / 2000;
      expect(share).toBeGreaterThan(0.05);
      expect(share).toBeLessThan(0.35);
    }
  });
});

it("objectives say which they take: SEDD's weights are of each time, and an MLM has no times", () => {
  expect(mdlm(noiseSchedule("cosine")).settings.timeSamplings).toEqual(TIME_SAMPLINGS);
  expect(sedd(noiseSchedule("cosine")).settings.timeSamplings).toEqual([
    "stratified",
    "independent",
  ]);
  expect(mlm().settings.timeSamplings).toEqual([]);
});
