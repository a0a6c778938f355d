/** Steps of samplers against the probabilities that mdlm, SEDD, discrete-diffusion-guidance and bd3lms draw from. */

import { describe, expect, it } from "vitest";
import { posteriorPrediction } from "../../src/diffusion/discrete-posterior.ts";
import { type NoiseName, noiseSchedule } from "../../src/diffusion/noise.ts";
import { analyticGain } from "../../src/sampling/analytic.ts";
import { ancestralSampler } from "../../src/sampling/ancestral.ts";
import { eulerGain } from "../../src/sampling/euler.ts";
import { posteriorScore } from "../../src/sampling/posterior-score.ts";
import { maskedScore, scaledScore, transition } from "../../src/sampling/score-form.ts";
import {
  baseColumns,
  type Categories,
  expectNear,
  GOLDEN_MASK,
  type GoldenInputs,
  readGolden,
} from "../support/golden.ts";
import { maskedBatch } from "../support/sampling/bound-samplers.ts";

interface Step {
  readonly t: number;
  readonly dt: number;
  readonly score: Categories;
  readonly analytic: Categories;
  readonly denoiser: Categories;
}

type MdlmStep = Step &
  (
    | { readonly parameterization: "subs"; readonly ddpm: Categories }
    | { readonly parameterization: "sedd" }
  );

interface D3pmStep {
  readonly parameterization: "d3pm";
  readonly t: number;
  readonly dt: number;
  readonly ddpm: Categories;
}

const mdlm = readGolden<{
  inputs: GoldenInputs;
  steps: readonly (MdlmStep | D3pmStep)[];
}>("mdlm");
const d3pmSteps = mdlm.steps.filter((step) => step.parameterization === "d3pm");
const mdlmSteps = mdlm.steps.filter((step) => step.parameterization !== "d3pm");
const sedd = readGolden<{
  absorbing: {
    readonly steps: readonly (Step & { readonly noise: NoiseName; readonly euler: Categories })[];
  };
}>("sedd").absorbing;
const guidance = readGolden<{
  steps: readonly {
    readonly diffusion: string;
    readonly t: number;
    readonly dt: number;
    readonly probabilities: Categories;
  }[];
}>("discrete-diffusion-guidance");

const bd3lms = readGolden<{
  inputs: GoldenInputs;
  steps: readonly { readonly t: number; readonly dt: number; readonly probabilities: Categories }[];
}>("bd3lms");

const outputs = baseColumns(mdlm.inputs.outputs);
const MASKED = mdlm.inputs.xt.flat().flatMap((id, at) => (id === GOLDEN_MASK ? [at] : []));
const sampledFrom = (rows: Categories, at: number): readonly number[] => rows.flat()[at] ?? [];
const shares = (values: readonly number[]): number[] => {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => value / total);
};
const between = ({ t, dt }: { t: number; dt: number }) => ({ call: 0, t, s: t - dt });

/** Differences of nearly equal numbers, σ(t) − σ(s) and m_t − m_s, lose digits there and here. */
const LOST = 1e-11;

/** MASK's probability is 1 less the others' here, and 0 where theirs is negative. */
function expectTransition(own: Float64Array, reference: readonly number[]): void {
  expectNear(own.subarray(0, 4), reference.slice(0, 4), LOST);
  const stays = Math.max(0, reference[GOLDEN_MASK] as number);
  expect(own[GOLDEN_MASK]).toBeCloseTo(stays, 10);
}

describe.each(mdlmSteps)("mdlm's step from $t by $dt, $parameterization", (reference) => {
  const noise = noiseSchedule("loglinear");
  const scoreOf = reference.parameterization === "subs" ? maskedScore : scaledScore;
  const score = new Float64Array(5);

  it("has our scores and our analytic transition", () => {
    for (const at of MASKED) {
      scoreOf(outputs, at, noise.sigma(reference.t), score);
      expectNear(score, sampledFrom(reference.score, at), LOST);
      const after = transition(score, analyticGain(noise, between(reference)));
      expectTransition(after, sampledFrom(reference.analytic, at));
    }
  });

  it("has our law of the bases in the last step", () => {
    for (const at of MASKED) {
      scoreOf(outputs, at, noise.sigma(reference.t), score);
      const after = transition(score, analyticGain(noise, { call: 0, t: reference.t, s: 0 }));
      expectNear(
        shares([...after.subarray(0, 4)]),
        shares(sampledFrom(reference.denoiser, at).slice(0, 4)),
        LOST,
      );
    }
  });

  if (reference.parameterization === "subs")
    it("has our analytic transition as its ancestral one", () => {
      for (const at of MASKED) {
        scoreOf(outputs, at, noise.sigma(reference.t), score);
        const after = transition(score, analyticGain(noise, between(reference)));
        expectTransition(after, shares(sampledFrom(reference.ddpm, at)));
      }
    });
});

describe.each(d3pmSteps)("mdlm's step from $t by $dt, d3pm", ({ t, dt, ddpm }) => {
  it("has our bases, and our MASK less what it forgets of the prediction's", () => {
    const noise = noiseSchedule("loglinear");
    const five = Float64Array.from(mdlm.inputs.outputs.flat(2));
    const score = new Float64Array(5);
    const [now, then] = [noise.maskProbability(t), noise.maskProbability(t - dt)];
    for (const at of MASKED) {
      posteriorScore(five, at, noise.sigma(t), score);
      const after = transition(score, analyticGain(noise, between({ t, dt })));
      const { m } = posteriorPrediction(five, at, 0);
      const own = after.map((p) => p * (now + (1 - now) * m)); // theirs are not normalised
      expectNear(own.subarray(0, 4), sampledFrom(ddpm, at).slice(0, 4), LOST);
      const theirs = sampledFrom(ddpm, at)[GOLDEN_MASK] as number;
      expect(own[GOLDEN_MASK]).toBeCloseTo(theirs + (1 - then) * m, 10);
    }
  });
});

describe.each(sedd.steps)("SEDD's step from $t by $dt under $noise noise", (reference) => {
  const noise = noiseSchedule(reference.noise);
  const score = new Float64Array(5);

  it.each([
    ["analytic", analyticGain],
    ["euler", eulerGain],
  ] as const)("has our %s transition", (name, gain) => {
    for (const at of MASKED) {
      scaledScore(outputs, at, noise.sigma(reference.t), score);
      expectNear(score, sampledFrom(reference.score, at), LOST);
      const after = transition(score, gain(noise, between(reference)));
      expectTransition(after, sampledFrom(reference[name], at));
    }
  });

  it("has our law of the bases in the last step", () => {
    for (const at of MASKED) {
      scaledScore(outputs, at, noise.sigma(reference.t), score);
      const after = transition(score, analyticGain(noise, { call: 0, t: reference.t, s: 0 }));
      expectNear(
        shares([...after.subarray(0, 4)]),
        shares([...sampledFrom(reference.denoiser, at)]),
        LOST,
      );
    }
  });
});

it.each(bd3lms.steps)("bd3lms's step within a block from $t by $dt is ours", (reference) => {
  const noise = noiseSchedule("loglinear");
  const own = baseColumns(bd3lms.inputs.outputs);
  const score = new Float64Array(5);
  for (const at of MASKED) {
    maskedScore(own, at, noise.sigma(reference.t), score);
    const after = transition(score, analyticGain(noise, between(reference)));
    expectTransition(after, sampledFrom(reference.probabilities, at));
  }
});

describe("the ancestral sampler", () => {
  const CALLS = 4;

  /** Whether a position is revealed in the first of four steps where its draw is `u`: it gets A then, and T later. */
  async function isRevealed(u: number): Promise<boolean> {
    const random = {
      order: { uniform: (_: number, call = 0) => (call === 0 ? u : 1 - 1e-12), integer: () => 0 },
      token: { uniform: (_: number, call = 0) => (call === 0 ? 0 : 1 - 1e-12), integer: () => 0 },
    };
    const options = { calls: CALLS, temperature: 1, topP: 1, noise: noiseSchedule("loglinear") };
    const denoise = async () => new Float64Array(4);
    return (await ancestralSampler(denoise, maskedBatch(1, 1), options, random))[0] === 0;
  }

  const masked = (rows: Categories): number => {
    const at = MASKED[0] as number;
    return shares([...sampledFrom(rows, at)])[GOLDEN_MASK] as number;
  };
  const first = ({ t, dt }: { t: number; dt: number }): boolean => t === 1 && dt === 1 / CALLS;
  const ddpm = mdlmSteps.find((step) => first(step) && step.parameterization === "subs");
  const absorbing = guidance.steps.find(
    (step) => first(step) && step.diffusion === "absorbing_state",
  );

  it.each([
    ["mdlm", ddpm !== undefined && "ddpm" in ddpm ? ddpm.ddpm : []],
    ["guidance", absorbing?.probabilities ?? []],
  ])("reveals with the probability of %s", async (_, rows) => {
    const reveals = 1 - masked(rows);
    expect(await isRevealed(reveals - 1e-9)).toBe(true);
    expect(await isRevealed(reveals + 1e-9)).toBe(false);
  });
});
