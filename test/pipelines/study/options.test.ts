import { describe, expect, test } from "vitest";
import { studyConfig } from "../../../pipelines/study/options.ts";
import { ownSettings, planTrials } from "../../../pipelines/study/plan.ts";
import { generationsOf, trialParts } from "../../../pipelines/study/trial-parts.ts";
import { ConfigError, UsageError } from "../../../src/errors.ts";

const part = {
  objectives: ["mdlm", "mlm@0.25+mdlm", "ar"],
  tokens: 81_920,
  data: { genome: "demo" },
  preset: "demo",
  out: "study",
} as const;

describe("trials", () => {
  test("of all arms share data, network and recipe; a seed is the same for each; steps are tokens over those of a step", async () => {
    const trials = await planTrials(await studyConfig(part));
    expect(trials.map(({ name }) => name)).toEqual(
      [1, 2, 3].flatMap((seed) => part.objectives.map((arm) => `${arm} seed=${seed}`)),
    );
    const shared = trials
      .flatMap(({ stages }) => stages)
      .map(({ config }) => {
        const { objective: _, steps: __, saveEvery: ___, ...train } = config.train;
        const { attention: ____, ...model } = config.model;
        return JSON.stringify([config.data, model, train, config.preset]);
      });
    expect(new Set(shared).size).toBe(1);
    // preset demo: 32 windows of 128 bases a step, 4,096 bases: 20 steps
    expect(
      trials.slice(0, 3).map(({ stages }) => stages.map(({ config }) => config.train.steps)),
    ).toEqual([[20], [5, 15], [20]]);
    for (const { seed, stages } of trials) expect(stages[0]?.config.seed).toBe(seed);
  });

  test("a later stage begins with the weights before it, and reads other windows", async () => {
    const [, staged] = await planTrials(await studyConfig(part));
    const [first, second] = staged?.stages ?? [];
    expect(first?.config.init).toBeUndefined();
    expect(second?.config.init).toBe(first?.folder);
    expect([first?.config.seed, second?.config.seed]).toEqual([1, 1001]);
  });

  test("what a preset says of light masks goes to objectives with heavy ones, what it says of a longer run to none", async () => {
    const config = await studyConfig({ ...part, preset: "hg38-small", tokens: 10 ** 7 });
    const trials = await planTrials(config);
    const masks = trials
      .slice(0, 3)
      .map(({ stages }) => stages.map((stage) => stage.config.train.maskWarmup));
    expect(masks).toEqual([[5000], [0, 5000], [0]]);
    const noises = trials
      .slice(0, 3)
      .map(({ stages }) => stages.map((stage) => stage.config.train.noise));
    expect(noises).toEqual([["cosine"], ["loglinear", "cosine"], ["loglinear"]]);
    const own = trials
      .slice(0, 3)
      .map(({ stages }) => stages.map((stage) => ownSettings(stage, config)));
    const masked = ["train.noise=cosine", "train.maskWarmup=5000"];
    expect(own).toEqual([[masked], [[], masked], [[]]]);
    const [{ stages } = { stages: [] }] = trials;
    const { steps, validEvery, saveEvery } = stages[0]?.config.train ?? {};
    expect(validEvery).toBe(Math.round((steps ?? 0) / 20));
    expect(saveEvery).toBe(Math.round((steps ?? 0) / 10));
  });

  test("settings for an objective reach its stages in every arm, those for an arm all its stages", async () => {
    const setFor = ["mdlm:train.lr=2e-3", "mlm@0.25+mdlm:train.lr=5e-4", "ar:train.warmup=7"];
    const [mdlm, staged, ar] = await planTrials(await studyConfig({ ...part, setFor }));
    const rates = (trial: typeof mdlm) => trial?.stages.map(({ config }) => config.train.lr);
    expect([rates(mdlm), rates(staged), rates(ar)]).toEqual([[2e-3], [5e-4, 5e-4], [3e-3]]);
    expect(ar?.stages[0]?.config.train.warmup).toBe(7);
    const config = await studyConfig(part);
    expect(ar?.stages.map((stage) => ownSettings(stage, config))).toEqual([["train.warmup=7"]]);
  });

  test("an objective under several names has settings of its own under each", async () => {
    const objectives = ["bd4=bd3", "bd16=bd3", "ar"];
    const setFor = ["bd3:train.lr=2e-3", "bd4:model.blockLength=4", "bd16:model.blockLength=16"];
    const config = await studyConfig({ ...part, objectives, setFor });
    const trials = (await planTrials(config)).slice(0, 3);
    const [four, sixteen, ar] = trials.map(({ stages }) => stages[0]?.config);
    expect([four?.model.blockLength, sixteen?.model.blockLength]).toEqual([4, 16]);
    expect([four?.train.lr, sixteen?.train.lr, ar?.train.lr]).toEqual([2e-3, 2e-3, 3e-3]);
    expect(trials.map(({ stages }) => stages.map((stage) => ownSettings(stage, config)))).toEqual([
      [["model.blockLength=4", "train.lr=0.002"]],
      [["model.blockLength=16", "train.lr=0.002"]],
      [[]],
    ]);
    expect(new Set(trials.map(({ folder }) => folder)).size).toBe(3);
  });

  test("where all arms are of blocks one length does for all", async () => {
    const config = await studyConfig({ ...part, objectives: ["bd3"], model: { blockLength: 4 } });
    const [only] = await planTrials(config);
    expect(only?.stages.map((stage) => stage.config.model.blockLength)).toEqual([4]);
  });

  test("calls are one a base, 128 at most; a sampler that takes none has a call a base", async () => {
    const config = await studyConfig({ ...part, data: { genome: "demo", length: 256 } });
    const trials = await planTrials(config);
    const calls = trials.slice(0, 3).map((trial) => generationsOf(trial, config));
    expect(calls.map((one) => one.map((generation) => generation.calls))).toEqual([
      [128],
      [128],
      [256],
    ]);
    const several = await studyConfig({ ...part, sample: { calls: [64, 16] } });
    const [first] = await planTrials(several);
    expect(first && generationsOf(first, several).map((one) => one.calls)).toEqual([16, 64]);
  });

  test("what follows from an objective is no setting of an arm; the length of blocks is one", async () => {
    const config = await studyConfig({ ...part, objectives: ["ar", "udlm", "d3pm", "bd3"] });
    const trials = (await planTrials(config)).slice(0, 4);
    expect(trials.flatMap(({ stages }) => stages.map((one) => ownSettings(one, config)))).toEqual([
      ...[[], [], []],
      ["model.blockLength=16"],
    ]);
  });

  test("stages go on where the weights before them fit, inherited or not", async () => {
    const objectives = ["ar+mdlm+mlm", "ar+udlm", "mlm+udlm", "mdlm+bd3", "bd3+mdlm", "d3pm+mdlm"];
    const trials = await planTrials(await studyConfig({ ...part, objectives }));
    expect(trials.slice(0, 6).map(({ name }) => name)).toEqual(
      objectives.map((name) => `${name} seed=1`),
    );
  });

  test("a sampler of blocks has a call a block at least", async () => {
    const setFor = ["bd3:model.blockLength=4"];
    const sample = { calls: [8, 16, 64] };
    const config = await studyConfig({ ...part, objectives: ["bd3", "mdlm"], setFor, sample });
    const trials = (await planTrials(config)).slice(0, 2);
    const calls = trials.map((trial) => generationsOf(trial, config).map((one) => one.calls));
    expect(calls).toEqual([
      [32, 64], // 32 blocks in 128 bases
      [8, 16, 64],
    ]);
  });

  test("every part says where its end is known by", async () => {
    const config = await studyConfig(part);
    const [, staged] = await planTrials(config);
    const parts = staged === undefined ? [] : trialParts(staged, config);
    expect(parts.map(({ args }) => args[0])).toEqual([
      "pretrain",
      "pretrain",
      "evaluate",
      "generate",
    ]);
    expect(new Set(parts.map(({ summary }) => summary)).size).toBe(4);
    expect(parts.every(({ args }) => args.includes("--json"))).toBe(true);
  });
});

describe("refused", () => {
  test.each([
    [{ objectives: ["mdlm", "udml"] }, /^expected --objectives of .*, got "udml" in udml/],
    [
      { tokens: 1000 },
      /^expected --tokens of at least 4096, a step of 4096 for each stage of mdlm, got 1000 \(or /,
    ],
    [{ data: {} }, /^expected --genome or --fasta, got neither$/],
    [
      { sample: { calls: [1000] } },
      /^expected --calls of at most 128, the bases of a window, got 1000: /,
    ],
    [
      { objectives: ["mlm+ar"] },
      /^expected an autoregressive run before stage 2 of mlm\+ar with train\.objective ar, got mlm, whose positions see what follows them$/,
    ],
    [
      { objectives: ["mdlm", "ar+bd3"] },
      /^expected a run that predicts each base where it stands before stage 2 of ar\+bd3 with train\.objective bd3, got ar, which predicts the next$/,
    ],
    [
      { objectives: ["late=ar+mdlm+bd3"] },
      /^expected a run that predicts each base .* before stage 3 of late with train\.objective bd3, got ar\+mdlm, which predicts the next$/,
    ],
    [
      { objectives: ["ar+mdlm+ar"] },
      /^expected an autoregressive run before stage 3 of ar\+mdlm\+ar .*, got ar\+mdlm, whose positions see/,
    ],
    [
      { objectives: ["udlm+mdlm", "ar"] },
      /^expected a run that is not told how noisy rows are before stage 2 of udlm\+mdlm with train\.objective mdlm, got udlm, which is$/,
    ],
    [
      { objectives: ["mlm+mdlm"], setFor: ["mdlm:model.isShifted=true"] },
      /^expected a run that predicts the next base before stage 2 of mlm\+mdlm with model\.isShifted true, got mlm, which does not$/,
    ],
    [
      { objectives: ["ar+mdlm"], setFor: ["mdlm:model.isShifted=false"] },
      /^expected a run that predicts each base .* with model\.isShifted false, got ar, which predicts the next$/,
    ],
    [
      { setFor: ["sedd:train.lr=1e-3"] },
      /^expected --set-for of an arm or objective of the study \(mdlm, mlm@0\.25\+mdlm, mlm, ar\), got sedd$/,
    ],
    [
      { setFor: ["ar"] },
      /^expected --set-for as NAME:KEY=VALUE, such as ar:train\.lr=1e-3, got "ar"$/,
    ],
    [
      { setFor: ["ar:model.width=32"] },
      /^expected --set-for of a key of train or model other than train\.steps, .*, got model\.width: it is the same for every arm$/,
    ],
    [{ setFor: ["ar:train.steps=9"] }, /got train\.steps: it is the same/],
    [
      { setFor: ["ar:train.maskWarmup=9"] },
      /^expected train\.maskWarmup of 0 with train\.objective ar/,
    ],
    [
      { train: { noise: "cosine" as const } },
      /^expected no train\.noise with train\.objective mlm, which has none, got cosine, in arm mlm@0\.25\+mdlm \(--set-for NAME:KEY=VALUE, such as bd3:model\.blockLength=4, is a setting of one arm or objective\)$/,
    ],
    [
      { model: { blockLength: 4 } },
      /^expected model\.blockLength of none with train\.objective mdlm, got 4, in arm mdlm \(--set-for NAME:KEY=VALUE, such as bd3:model\.blockLength=4, is /,
    ],
    [
      { model: { width: 30, heads: 4 } },
      /^expected model\.width to be a multiple of 2 · model\.heads/,
    ],
  ])("%j", async (more, message) => {
    const refused = studyConfig({ ...part, ...more });
    await expect(refused).rejects.toBeInstanceOf(ConfigError);
    await expect(refused).rejects.toThrow(message);
  });

  test.each<[readonly string[], string]>([
    [["ar:train.lrr=1"], "--set-for: unknown key train.lrr: did you mean train.lr?"],
    [["mdlm:foo=4"], "--set-for: unknown key foo"],
    [
      ["ar:train.lr=1e-3", "ar:train.lr=2e-3"],
      "expected one value of train.lr, got --set-for ar:train.lr=1e-3 and --set-for ar:train.lr=2e-3",
    ],
  ])("--set-for %j, as it was typed", async (setFor, message) => {
    await expect(studyConfig({ ...part, setFor })).rejects.toThrow(new UsageError(message));
  });
});
