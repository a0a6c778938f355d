import { describe, expect, test } from "vitest";
import { chooseMethod } from "../../../pipelines/generate/check-method.ts";
import { METHODS } from "../../../pipelines/generate/methods.ts";
import { generateConfig } from "../../../pipelines/generate/options.ts";
import type { ChosenSample, SampleConfig } from "../../../pipelines/generate/sample-options.ts";
import { mdlm } from "../../../src/diffusion/mdlm.ts";
import { noiseSchedule } from "../../../src/diffusion/noise.ts";
import type { Objective } from "../../../src/diffusion/objective.ts";
import { sedd } from "../../../src/diffusion/sedd.ts";
import { udlm } from "../../../src/diffusion/udlm.ts";
import { ConfigError } from "../../../src/errors.ts";
import { SAMPLER_NAMES, samplersOf } from "../../../src/sampling/samplers-of.ts";
import { exactDenoise, SOURCE } from "../../support/markov-source.ts";
import { bind, maskedBatch, samplerRandom } from "../../support/sampling/bound-samplers.ts";

const MDLM = mdlm(noiseSchedule("loglinear"));

const sampleOf = (sample: Partial<SampleConfig>): ChosenSample =>
  chooseMethod(generateConfig({ run: "runs/a", sample }), MDLM).sample;

test("a network that is told noise is told that of its training where no other is asked for", () => {
  const cosine = udlm(noiseSchedule("cosine"));
  const noiseOf = (sample: Partial<SampleConfig>): unknown =>
    chooseMethod(generateConfig({ run: "runs/a", sample }), cosine).sample.noise;
  expect([noiseOf({}), noiseOf({ method: "ancestral", noise: "linear" })]).toEqual([
    "cosine",
    "linear",
  ]);
  expect(sampleOf({ method: "ancestral" }).noise).toBeUndefined();
});

describe("an option that the method does not take is refused", () => {
  test.each([
    [{ eta: 0.1 }, "--method random-order takes (--calls, --schedule), got --eta"],
    [
      { method: "ancestral", schedule: "cosine" },
      "--method ancestral takes (--calls, --noise), got --schedule",
    ],
    [
      { method: "first-hitting", calls: 8 },
      "--method first-hitting takes (none of its own), got --calls",
    ],
    [
      { method: "confidence", noise: "cosine" },
      "--method confidence takes (--calls, --schedule, --confidence, --order-temperature, --block-length), got --noise",
    ],
    [
      { method: "remdm", remask: "conf", eta: 0.1 },
      "--method remdm --remask conf takes (--calls, --remask), got --eta",
    ],
    [
      { method: "remdm", loopTo: 0.1 },
      "--method remdm --remask cap takes (--calls, --remask, --eta), got --loop-to",
    ],
  ] as const)("%o", (sample, message) => {
    expect(() => sampleOf(sample)).toThrow(new ConfigError(`expected only flags that ${message}`));
  });
});

describe("without --method the run's own default says which options are taken", () => {
  const chosen = (objective: Objective, sample: Partial<SampleConfig>): ChosenSample =>
    chooseMethod(generateConfig({ run: "runs/a", sample }), objective).sample;

  test.each([
    [sedd(noiseSchedule("loglinear")), "analytic"],
    [udlm(noiseSchedule("cosine")), "ancestral"],
  ])("$name", (objective, method) => {
    expect(chosen(objective, { noise: "cosine" })).toMatchObject({ method, noise: "cosine" });
    expect(() => chosen(objective, { blockLength: 8 })).toThrow(
      new ConfigError(
        `expected only flags that --method ${method} takes (--calls, --noise), got --block-length`,
      ),
    );
  });
});

test("a loop that cannot be is refused", () => {
  const loop = { method: "remdm", remask: "loop" } as const;
  expect(() => sampleOf({ ...loop, loopTo: 0.6 })).toThrow(
    new ConfigError("expected --loop-to above 0 and below --loop-from, got 0.6 and 0.55"),
  );
  expect(() => sampleOf({ ...loop, loopTo: 0 })).toThrow(
    new ConfigError("expected --loop-to above 0 and below --loop-from, got 0 and 0.55"),
  );
  expect(() => sampleOf({ ...loop, loopAlpha: 0 })).toThrow(
    new ConfigError("expected --loop-alpha above 0: a loop unmasks and masks again"),
  );
});

describe("settings", () => {
  test("are a method's own options with their defaults", () => {
    const settings = SAMPLER_NAMES.map((name) => [name, METHODS[name].settings({})]);
    expect(Object.fromEntries(settings)).toEqual({
      "random-order": { schedule: "uniform" },
      "first-hitting": {},
      "block-by-block": { schedule: "uniform" },
      ancestral: { noise: "loglinear" },
      analytic: { noise: "loglinear" },
      euler: { noise: "loglinear" },
      confidence: { confidence: "low-confidence", schedule: "uniform", orderTemperature: 0 },
      remdm: { remask: "cap", eta: 0.008 },
      "left-to-right": {},
    });
    expect(METHODS.remdm.settings({ remask: "loop" })).toEqual({
      ...{ remask: "loop", eta: 0.02, loopFrom: 0.55, loopTo: 0.05, loopAlpha: 0.9 },
    });
    expect(METHODS.remdm.settings({ remask: "rescale" })).toEqual({
      remask: "rescale",
      eta: 0.015,
    });
  });
});

describe("the sampler of a method", () => {
  const denoise = exactDenoise(SOURCE);
  const samplers = samplersOf("mdlm");
  const made = (sample: Partial<SampleConfig>, calls: number): Promise<Uint8Array> => {
    const config = sampleOf(sample);
    const sampler = METHODS[config.method].bind(samplers, config, { window: 10 });
    return sampler(denoise, maskedBatch(3, 20), calls, samplerRandom(4));
  };

  test("gets the options that were given", async () => {
    const own = bind(samplers.remdm, {
      ...{ calls: 12, temperature: 0.7, topP: 0.8 },
      remasking: { kind: "loop", eta: 0.3, from: 0.6, to: 0.2, alpha: 0.8 },
    })(denoise, maskedBatch(3, 20), samplerRandom(4));
    const loop = { eta: 0.3, loopFrom: 0.6, loopTo: 0.2, loopAlpha: 0.8 };
    const sample = {
      method: "remdm",
      remask: "loop",
      ...loop,
      temperature: 0.7,
      topP: 0.8,
    } as const;
    expect(await made(sample, 12)).toEqual(await own);
    expect(await made({ ...sample, eta: 0.1 }, 12)).not.toEqual(await own);
  });

  test("moves its window by the stride", async () => {
    const whole = await made({}, 20);
    const moved = await made({ stride: 5 }, 20);
    expect(moved).not.toEqual(whole);
    // The first window is filled as a row of its own length.
    const config = sampleOf({});
    const alone = await METHODS["random-order"].bind(samplers, config, { window: 10 })(
      ...([denoise, maskedBatch(3, 10), 10, samplerRandom(4)] as const),
    );
    for (let row = 0; row < 3; row++)
      expect(moved.subarray(20 * row, 20 * row + 10)).toEqual(
        alone.subarray(10 * row, 10 * row + 10),
      );
  });
});
