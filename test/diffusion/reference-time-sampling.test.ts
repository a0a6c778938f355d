/** Importance sampling and change of variables against the numbers of mdlm's code. */

import { describe, expect, it } from "vitest";
import { noiseSchedule } from "../../src/diffusion/noise.ts";
import { noiseDraw } from "../../src/diffusion/time-sampling.ts";
import { expectNear, readGolden } from "../support/golden.ts";

const { importance, losses, times } = readGolden<{
  importance: {
    readonly loglinear: {
      readonly u: readonly number[];
      readonly logMove0: number;
      readonly logMove1: number;
      readonly t: readonly number[];
    };
  };
  losses: readonly {
    readonly noise?: string;
    readonly covariables?: true;
    readonly sampledT: readonly number[];
    readonly moveChance: readonly number[];
  }[];
  times: { readonly u: readonly number[]; readonly independent: readonly number[] };
}>("mdlm");

const noise = noiseSchedule("loglinear");
const { logMove0, logMove1, u, t } = importance.loglinear;
const drawing = (value: number) => ({ uniform: () => value, integer: () => 0 });
const at = (sampling: "importance" | "change-of-variables", value: number) =>
  noiseDraw(noise, { timeSampling: sampling })(drawing(value), 0, 1);

/** The least mask probability is that of t = 1e-3 here, 9.99e-4, and 1 − e^−0.001 there: ln 1.0005 apart. */
const APART = Math.log(-Math.expm1(-1e-3) / 9.99e-4);

describe("the logarithm of the mask probability", () => {
  /** `masked` at uniforms `given`, with our least mask probability in place of theirs. */
  const moved = (masked: readonly number[], given: readonly number[]): number[] =>
    masked.map((m, i) => m * Math.exp(-APART * (1 - (given[i] as number))));

  it("is drawn by importance as mdlm does, from another least one", () => {
    const masked = t.map(noise.maskProbability);
    const own = u.map((value) => at("importance", value).maskProbability);
    expectNear(own, moved(masked, u), 1e-9);
  });

  it("is drawn by a change of variables as mdlm does, from another least one", () => {
    const reference = losses.find(
      ({ noise, covariables }) => noise === "loglinear" && covariables === true,
    );
    const { sampledT = [], moveChance = [] } = reference ?? {};
    const own = sampledT.map((value) => at("change-of-variables", value).maskProbability);
    expectNear(own, moved(moveChance, sampledT), 1e-9);
    expect(own).toHaveLength(3);
  });

  it("weighs its range, where mdlm's constant leaves out the upper end", () => {
    const { weight } = at("importance", 0.3);
    expect(weight).toBeCloseTo(logMove1 - logMove0 + APART, 12);
    expect(weight / -logMove0).toBeCloseTo(1, 3);
  });
});

it("independent times are mdlm's", () => {
  const own = times.u.map((value) =>
    noiseDraw(noise, { timeSampling: "independent" })(drawing(value), 0, 1),
  );
  expectNear(
    own.map(({ maskProbability }) => maskProbability),
    times.independent.map(noise.maskProbability),
  );
  expectNear(
    own.map(({ weight }) => weight),
    times.independent.map(noise.weight),
  );
});
