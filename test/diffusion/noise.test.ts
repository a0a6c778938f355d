import { describe, expect, it } from "vitest";
import { NOISE_NAMES, noiseSchedule } from "../../src/diffusion/noise.ts";

const TIMES = [0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99];

describe.each(NOISE_NAMES)("the %s schedule", (name) => {
  const noise = noiseSchedule(name);

  it("has sigma′ equal to the central difference of sigma", () => {
    for (const t of TIMES) {
      const h = 1e-6 * Math.max(t, 0.01);
      const slope = (noise.sigma(t + h) - noise.sigma(t - h)) / (2 * h);
      expect(noise.sigmaPrime(t) / slope).toBeCloseTo(1, 6);
    }
  });

  it("masks with probability 1 − exp(−sigma)", () => {
    for (const t of [0, ...TIMES, 1]) {
      expect(noise.maskProbability(t)).toBeCloseTo(1 - Math.exp(-noise.sigma(t)), 12);
    }
  });

  it("weights by sigma′ / expm1(sigma)", () => {
    for (const t of TIMES) {
      const quotient = noise.sigmaPrime(t) / Math.expm1(noise.sigma(t));
      expect(noise.weight(t) / quotient).toBeCloseTo(1, 10);
    }
  });

  it("masks more as time goes on", () => {
    let before = -1;
    for (const t of [0, ...TIMES, 1]) {
      expect(noise.maskProbability(t)).toBeGreaterThan(before);
      before = noise.maskProbability(t);
    }
  });
});

// The columns of the reference implementation's definitions, at the two ends of time.
describe("the ends of time", () => {
  it.each([
    ["loglinear", 0, 0.999],
    ["cosine", 0, 0.999],
    ["cosine-squared", 0, 0.999],
    ["linear", 1 - Math.exp(-1e-3), 1 - Math.exp(-7)],
    ["geometric", 1 - Math.exp(-1e-4), 1 - Math.exp(-20)],
  ] as const)("masks %s with probability %d at 0 and %d at 1", (name, atStart, atEnd) => {
    const noise = noiseSchedule(name);
    expect(noise.maskProbability(0)).toBeCloseTo(atStart, 14);
    expect(noise.maskProbability(1)).toBeCloseTo(atEnd, 12);
  });

  it("weights the loglinear schedule by exactly 1/t", () => {
    expect(noiseSchedule("loglinear").weight(0.37)).toBe(1 / 0.37);
  });
});
