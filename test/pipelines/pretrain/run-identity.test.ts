import { expect, it } from "vitest";
import {
  type PartialConfig,
  type PretrainConfig,
  pretrainConfig,
} from "../../../pipelines/pretrain/options.ts";
import { expectSameModel, pretrainIdentity } from "../../../pipelines/pretrain/run-identity.ts";
import { expectSameRun, STATE_FILE, stateJson } from "../../../pipelines/run-folder/saved-state.ts";
import { ConfigError } from "../../../src/errors.ts";

const ARITHMETIC = { backend: "cpu", precision: "fp32" } as const;

const checkpoint = (state: Uint8Array) => ({
  dir: "step-4",
  manifestSha256: "",
  step: 4,
  files: { [STATE_FILE]: state },
});

it("refuses a checkpoint of a gdiff that drew its windows otherwise, which would not continue them", async () => {
  const config = await pretrainConfig({ data: { genome: "demo" } });
  const identity = pretrainIdentity(config, "digest");
  const bytes = stateJson(4, identity, ARITHMETIC);
  expectSameRun(checkpoint(bytes), identity);

  const text = new TextDecoder().decode(bytes);
  const older = text.replace(/^.*how they are drawn.*\n/m, "");
  expect(older).not.toBe(text);
  expect(() => expectSameRun(checkpoint(new TextEncoder().encode(older)), identity)).toThrow(
    new ConfigError(
      "cannot go on from step-4 with another run's settings: windows (how they are drawn): expected none, got epochs of tiles " +
        "(leave them as they were, or start anew with --init and another --out)",
    ),
  );
});

it.each<[string, string | number, PartialConfig<PretrainConfig["train"]>]>([
  ["train.timeSampling", "importance", { timeSampling: "importance" }],
  ["train.timeSteps", 100, { timeSteps: 100 }],
  ["train.randomLengthShare", 0.01, { randomLengthShare: 0.01 }],
])(
  "refuses to draw otherwise: %s is of the run, and its default is that of older runs",
  async (key, value, train) => {
    const identityOf = async (part: PartialConfig<PretrainConfig>) =>
      pretrainIdentity(await pretrainConfig({ data: { genome: "demo" }, ...part }), "digest");
    const [plain, other] = [await identityOf({}), await identityOf({ train })];
    expect(plain).not.toHaveProperty(key); // as in runs made before there was a choice
    expectSameRun(checkpoint(stateJson(4, other, ARITHMETIC)), other);
    const refusal = (saved: typeof plain, wanted: typeof plain) => () =>
      expectSameRun(checkpoint(stateJson(4, saved, ARITHMETIC)), wanted);
    expect(refusal(plain, other)).toThrow(`settings: ${key}: expected none, got ${value} (leave`);
    expect(refusal(other, plain)).toThrow(`settings: ${key}: expected ${value}, got none (leave`);
  },
);

it("weights with another head are another network's", async () => {
  const modelOf = async (train: PartialConfig<PretrainConfig["train"]>) => {
    const config = await pretrainConfig({ data: { genome: "demo" }, train });
    const saved = checkpoint(stateJson(4, pretrainIdentity(config, "digest"), ARITHMETIC));
    return { model: config.model, saved };
  };
  const [four, five] = [await modelOf({}), await modelOf({ objective: "d3pm" })];
  expectSameModel(four.saved, four.model);
  expectSameModel(five.saved, five.model);
  expect(() => expectSameModel(four.saved, five.model)).toThrow(
    "another network's: model.headWidth: expected 4, got 5 (set the model",
  );
  expect(() => expectSameModel(five.saved, four.model)).toThrow(
    "another network's: model.headWidth: expected 5, got 4 (set the model",
  );
});
