import { describe, expect, it } from "vitest";
import {
  drawParticle,
  effectiveParticles,
  normalise,
  survivors,
} from "../../src/sampling/particle-weights.ts";
import { xorshift32 } from "../support/random-ids.ts";

const logs = (...weights: number[]): Float64Array => Float64Array.from(weights, Math.log);

describe("normalise", () => {
  it("stands weights of any size, and none", () => {
    const near = normalise(logs(1, 3));
    expect(near.weights[0]).toBeCloseTo(0.25, 12);
    expect(near.weights[1]).toBeCloseTo(0.75, 12);
    expect(near.logMean).toBeCloseTo(Math.log(2), 12);
    const far = normalise(Float64Array.of(-5000, -5000 + Math.log(3)));
    expect(far.weights[1]).toBeCloseTo(0.75, 9);
    expect(far.logMean).toBeCloseTo(-5000 + Math.log(2), 9);
    expect(normalise(logs(0, 0))).toEqual({
      weights: Float64Array.of(0.5, 0.5),
      logMean: -Infinity,
    });
  });
});

it("effectiveParticles counts how many are worth something", () => {
  expect(effectiveParticles(logs(1, 1, 1, 1))).toBeCloseTo(4, 12);
  expect(effectiveParticles(logs(5, 0, 0, 0))).toBe(1);
  expect(effectiveParticles(logs(2, 2, 0, 0))).toBeCloseTo(2, 12);
  expect(effectiveParticles(logs(0, 0))).toBe(0);
});

describe("survivors", () => {
  it("keeps each particle as often as its share says, within one, in its own place", () => {
    const next = xorshift32(5);
    for (let trial = 0; trial < 500; trial++) {
      const size = 1 + Math.floor(next() * 9);
      const weights = Array.from({ length: size }, () => (next() < 0.3 ? 0 : next()));
      weights[Math.floor(next() * size)] = 1;
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const places = survivors(logs(...weights), next());
      expect(places).toHaveLength(size);
      for (const [particle, weight] of weights.entries()) {
        const copies = places.filter((one) => one === particle).length;
        expect(Math.abs(copies - (size * weight) / total)).toBeLessThan(1);
        if (copies > 0) expect(places[particle]).toBe(particle);
      }
    }
  });

  it("keeps each as often as its share on the average over the uniform", () => {
    const weights = [0.05, 0.3, 0.15, 0.5];
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < 1000; i++) {
      for (const one of survivors(logs(...weights), (i + 0.5) / 1000))
        sums[one] = (sums[one] ?? 0) + 1;
    }
    expect(sums.map((sum) => sum / 4000)).toEqual(
      weights.map((weight) => expect.closeTo(weight, 3)),
    );
  });

  it("gives none to a weight of 0, whatever rounding leaves", () => {
    const weights = Float64Array.from([...new Array<number>(10).fill(1), 0], Math.log);
    for (const uniform of [0, 0.5, 1 - 2 ** -53])
      expect(survivors(weights, uniform)).not.toContain(10);
  });
});

it("drawParticle inverts the cumulative weights", () => {
  const weights = Float64Array.of(0.2, 0, 0.8, 0);
  expect([0, 0.19, 0.21, 0.99].map((uniform) => drawParticle(weights, uniform))).toEqual([
    0, 0, 2, 2,
  ]);
  expect(drawParticle(Float64Array.of(1 - 1e-16, 0), 1 - 2 ** -53)).toBe(0);
});
