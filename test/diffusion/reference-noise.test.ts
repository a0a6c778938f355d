/** Noise schedules and training times against the numbers of mdlm's and SEDD's code. */

import { describe, expect, it } from "vitest";
import { type NoiseName, noiseSchedule } from "../../src/diffusion/noise.ts";
import { trainingTime } from "../../src/diffusion/training-time.ts";
import { expectNear, readGolden } from "../support/golden.ts";

interface Schedule {
  readonly t: readonly number[];
  readonly sigma: readonly number[];
  readonly rate: readonly number[];
}

interface WeightedSchedule extends Schedule {
  readonly moveChance: readonly number[];
  readonly weight: readonly number[];
}

const mdlm = readGolden<{
  schedules: Readonly<Record<string, WeightedSchedule>>;
  times: { readonly u: readonly number[]; readonly antithetic: readonly number[] };
}>("mdlm");
const sedd = readGolden<{ schedules: Readonly<Record<string, Schedule>> }>("sedd");

/** The names here and there. */
const NAMES: readonly (readonly [NoiseName, string])[] = [
  ["loglinear", "loglinear"],
  ["cosine", "cosine"],
  ["cosine-squared", "cosinesqr"],
  ["linear", "linear"],
  ["geometric", "geometric"],
];

/** The code's 1 − e^−σ and −ln(ε + …) lose digits near t = 0, where σ is 1e-6: 1e-16 of 1 is 1e-10 of it. */
const LOST = 2e-10;

describe.each(NAMES)("the %s schedule", (name, theirs) => {
  const noise = noiseSchedule(name);
  const reference = mdlm.schedules[theirs] as WeightedSchedule;

  it("has mdlm's total noise, rate, mask probability and weight", () => {
    const at = (value: (t: number) => number): number[] => reference.t.map((t) => value(t));
    expectNear(at(noise.sigma), reference.sigma, LOST);
    expectNear(at(noise.sigmaPrime), reference.rate);
    expectNear(at(noise.maskProbability), reference.moveChance, LOST);
    expectNear(at(noise.weight), reference.weight, LOST);
  });
});

describe.each(["loglinear", "geometric"] as const)("the %s schedule", (name) => {
  it("has SEDD's total noise and rate", () => {
    const reference = sedd.schedules[name] as Schedule;
    expectNear(reference.t.map(noiseSchedule(name).sigma), reference.sigma);
    expectNear(reference.t.map(noiseSchedule(name).sigmaPrime), reference.rate);
  });
});

it("training times of a batch are mdlm's antithetic ones for the same uniform numbers", () => {
  const { u, antithetic } = mdlm.times;
  const random = { uniform: (i: number) => u[i % u.length] as number, integer: () => 0 };
  const times = u.map((_, i) => trainingTime(random, u.length * 3 + i, u.length));
  expectNear(times, antithetic);
  expect(new Set(times).size).toBe(u.length);
});
