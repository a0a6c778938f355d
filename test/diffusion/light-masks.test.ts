import { describe, expect, it } from "vitest";
import { LIGHT_MASKS } from "../../src/diffusion/light-masks.ts";
import { mdlm } from "../../src/diffusion/mdlm.ts";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { MASK_ID } from "../../src/tokens/alphabet.ts";

describe("LIGHT_MASKS", () => {
  it("masks from 0.1 to 0.3 of a window", () => {
    expect(LIGHT_MASKS.maskProbability(0)).toBeCloseTo(0.1, 12);
    expect(LIGHT_MASKS.maskProbability(0.5)).toBeCloseTo(0.2, 12);
    expect(LIGHT_MASKS.maskProbability(1)).toBeCloseTo(0.3, 12);
  });

  it("weighs to a mean: a loss of 1 a masked base counts 1 a base at every rate", () => {
    for (const t of [0, 0.25, 1])
      expect(LIGHT_MASKS.weight(t) * LIGHT_MASKS.maskProbability(t)).toBeCloseTo(1, 12);
  });
});

describe("mdlm with a warm-up of ten steps", () => {
  const noise = noiseSchedule("loglinear");
  const warming = mdlm(noise, { maskWarmup: 10 });
  const x0 = new Uint8Array(1000);
  const random = {
    time: addressedRandom(3, "trainingTime"),
    mask: addressedRandom(3, "corruption"),
  };
  /** Share of masked bases of each of the 32 examples of a step. */
  const rates = (step: number): number[] =>
    Array.from({ length: 32 }, (_, j) => {
      const { xt } = warming.corrupt(x0, step * 32 + j, 32, random);
      return xt.filter((id) => id === MASK_ID).length / x0.length;
    });

  // Example j is of the j-th stratum of 32; its share of 1,000 has a standard deviation below 0.016.
  it.each([
    ["first", 0, 0.1, 0.3],
    ["last of the warm-up", 9, 0.1, 0.3],
    ["first after it", 10, 0, 1],
    ["much later", 500, 0, 1],
  ])("the %s step spreads its rates evenly over what it draws from", (_, step, from, to) => {
    for (const [j, rate] of rates(step).entries()) {
      expect(rate).toBeGreaterThan(from + ((to - from) * j) / 32 - 0.08);
      expect(rate).toBeLessThan(from + ((to - from) * (j + 1)) / 32 + 0.08);
    }
  });

  it("is MDLM after it: the same draws and weights", () => {
    const at = 10 * 32 + 7;
    expect(warming.corrupt(x0, at, 32, random)).toEqual(mdlm(noise).corrupt(x0, at, 32, random));
  });
});
