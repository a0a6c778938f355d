import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { objectiveOf } from "../../../pipelines/objective-of.ts";
import {
  type PartialConfig,
  PRESET_NAMES,
  type PretrainConfig,
  pretrainConfig,
  pretrainOptions,
  readRunConfig,
} from "../../../pipelines/pretrain/options.ts";
import { configYaml } from "../../../src/config/config-yaml.ts";
import { flattenOptions } from "../../../src/config/option-table.ts";
import { ConfigError } from "../../../src/errors.ts";

const folder = mkdtempSync(join(tmpdir(), "gdiff-options-"));
afterAll(() => rmSync(folder, { recursive: true }));

const genome = { genome: "demo" } as const;

async function expectRefusal(part: PartialConfig<PretrainConfig>, message: string): Promise<void> {
  await expect(pretrainConfig(part)).rejects.toThrow(new ConfigError(message));
}

/** A run folder made with `part`. */
async function madeRun(name: string, part: PartialConfig<PretrainConfig>): Promise<string> {
  const run = join(folder, name);
  mkdirSync(run);
  writeFileSync(join(run, "config.yaml"), configYaml(pretrainOptions, await pretrainConfig(part)));
  return run;
}

describe("pretrainOptions", () => {
  test("a flag is its key in kebab case", () => {
    for (const [key, { flag }] of flattenOptions(pretrainOptions)) {
      const name = key.slice(key.lastIndexOf(".") + 1);
      const kebab = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      if (flag !== undefined) expect(flag).toBe(`--${kebab}`);
    }
  });
});

describe("pretrainConfig", () => {
  test("layers lie in order: defaults, preset, the caller", async () => {
    const config = await pretrainConfig({ preset: "demo", data: genome, train: { steps: 7 } });
    expect(config.train).toMatchObject({ steps: 7, batchSize: 32, beta1: 0.9 });
  });

  test("takes from a preset what the objective has", async () => {
    const of = async (objective: PretrainConfig["train"]["objective"]) =>
      (await pretrainConfig({ preset: "hg38-small", data: genome, train: { objective } })).train;
    expect(await of("mdlm")).toMatchObject({ maskWarmup: 5000, noise: "cosine", lr: 2e-3 });
    expect(await of("udlm")).toMatchObject({ maskWarmup: 0, noise: "cosine" });
    for (const objective of ["ar", "mlm", "bd3", "d3pm"] as const)
      expect(await of(objective)).toMatchObject({ noise: "loglinear", lr: 2e-3 });
    expect(await of("ar")).toMatchObject({ maskWarmup: 0 });
  });

  test("refuses a schedule of noise that the objective cannot be trained with", async () => {
    for (const objective of ["ar", "mlm"] as const) {
      await expectRefusal(
        { data: genome, train: { objective, noise: "cosine" } },
        `expected no train.noise with train.objective ${objective}, which has none, got cosine`,
      );
    }
    for (const objective of ["bd3", "d3pm"] as const) {
      await expectRefusal(
        { data: genome, train: { objective, noise: "cosine" } },
        `expected train.noise of loglinear with train.objective ${objective}, got cosine`,
      );
    }
  });

  test("refuses a warm-up of light masks where all are light", async () => {
    const train = { objective: "mlm", maskWarmup: 5 } as const;
    await expect(pretrainConfig({ data: { genome: "demo" }, train })).rejects.toThrow(
      "expected train.maskWarmup of 0 with train.objective mlm, which has no heavy masks to warm up for, got 5",
    );
  });

  test("refuses ways of drawing times that the objective does not have", async () => {
    await expectRefusal(
      { data: genome, train: { objective: "ar", timeSampling: "independent" } },
      "expected no train.timeSampling with train.objective ar, which has no times to draw, got independent",
    );
    for (const timeSampling of ["importance", "change-of-variables"] as const) {
      await expectRefusal(
        { data: genome, train: { objective: "sedd", timeSampling } },
        `expected train.timeSampling of stratified or independent with train.objective sedd, got ${timeSampling}`,
      );
    }
    const taken = { objective: "sedd", timeSampling: "independent" } as const;
    expect((await pretrainConfig({ data: genome, train: taken })).train).toMatchObject(taken);
  });

  test("refuses discrete time where there is none, and times that it does not have", async () => {
    await expectRefusal(
      { data: genome, train: { objective: "sedd", timeSteps: 10 } },
      "expected no train.timeSteps with train.objective sedd, which is not in discrete time, got 10",
    );
    await expectRefusal(
      { data: genome, train: { timeSteps: 10, timeSampling: "importance" } },
      "expected train.timeSampling of stratified or independent with train.timeSteps, got importance",
    );
    const taken = { timeSteps: 10, timeSampling: "independent" } as const;
    expect((await pretrainConfig({ data: genome, train: taken })).train).toMatchObject(taken);
  });

  test("refuses to cut windows of an objective that has none cut", async () => {
    await expectRefusal(
      { data: genome, train: { objective: "ar", randomLengthShare: 0.5 } },
      "expected train.randomLengthShare of 0 with train.objective ar, whose windows are not cut, got 0.5",
    );
    const taken = { objective: "sedd", randomLengthShare: 0.01 } as const;
    expect((await pretrainConfig({ data: genome, train: taken })).train).toMatchObject(taken);
  });

  test("d3pm has steps of time, and its own noise", async () => {
    await expectRefusal(
      { data: genome, train: { objective: "d3pm", noise: "cosine" } },
      "expected train.noise of loglinear with train.objective d3pm, got cosine",
    );
    const config = await pretrainConfig({
      data: genome,
      train: { objective: "d3pm", timeSteps: 50 },
    });
    expect(config.model.headWidth).toBe(5);
    expect(objectiveOf(config).loss).toEqual({ name: "posterior", steps: 50 });
  });

  test("the columns of the head are the objective's", async () => {
    expect((await pretrainConfig({ data: genome })).model).not.toHaveProperty("headWidth");
    await expectRefusal(
      { data: genome, model: { headWidth: 5 } },
      "expected model.headWidth of 4 with train.objective mdlm, got 5",
    );
  });

  test("every preset and default has a step of as many bases as it says", async () => {
    const basesOf = async (preset: PretrainConfig["preset"]): Promise<number> => {
      const { data, train } = await pretrainConfig({ preset, data: genome });
      return data.length * train.batchSize * train.accumulate;
    };
    expect(await Promise.all(PRESET_NAMES.map(basesOf))).toEqual([
      8192,
      16_384,
      65_536,
      8192,
      2 ** 20,
      2 ** 20,
      4096,
    ]);
  });

  test("files are named from the root, so that the run can be used from any folder", async () => {
    const { data } = await pretrainConfig({ data: { fasta: "a.fa", bed: "../b.bed" } });
    expect(data).toMatchObject({ fasta: resolve("a.fa"), bed: resolve("../b.bed") });
  });

  test("goes on with a run that is there, or begins one of a genome", async () => {
    const out = join(folder, "nowhere");
    await expectRefusal(
      { resume: true, out },
      `expected a run at ${out} to go on with, got no config.yaml there (with --genome or --fasta it begins one)`,
    );
    expect(await pretrainConfig({ resume: true, out, data: genome })).toMatchObject({ out });
  });

  test("wants one source of DNA", async () => {
    await expectRefusal({}, "expected --genome or --fasta, got neither");
    await expectRefusal(
      { data: { genome: "demo", fasta: "a.fa" } },
      "expected --genome or --fasta, got both: demo and a.fa (--set data.genome=null drops one)",
    );
  });

  test("wants splits from one place", async () => {
    await expectRefusal(
      { data: { fasta: "a.fa", bed: "a.bed", valid: "chr1" } },
      "expected --bed or --valid, got both: a BED file names every split",
    );
  });

  test("wants heads that share the width", async () => {
    await expectRefusal(
      { data: genome, model: { width: 100, heads: 8 } },
      "expected model.width to be a multiple of 2 · model.heads (rotary needs an even head width), got width 100 and 8 heads",
    );
  });

  test("names an unknown key and its neighbour", async () => {
    // A program without types, as JavaScript is.
    const part = JSON.parse('{"train":{"stpes":1}}');
    await expectRefusal(part, "pretrainConfig: unknown key train.stpes: did you mean train.steps?");
    const polluted = JSON.parse('{"__proto__":{"seed":2}}');
    await expectRefusal(polluted, "pretrainConfig: unknown key __proto__");
  });

  test("takes times in milliseconds", async () => {
    const config = await pretrainConfig({ data: genome, train: { maxTime: 1500 } });
    expect(config.train.maxTime).toBe(1500);
    await expectRefusal(
      { data: genome, train: { maxTime: 0 } },
      "pretrainConfig: expected train.maxTime to be a time such as 90s, 60m or 1h30m, got 0 (number)",
    );
  });
});

describe("resume", () => {
  test("needs the run", async () => {
    await expectRefusal(
      { data: genome, resume: true },
      "expected --out with --resume, the run folder to go on with",
    );
  });

  test("goes on with the configuration of the run, under what the caller says", async () => {
    const made = { preset: "demo", data: genome, train: { lr: 0.5, clip: null }, seed: 9 } as const;
    const out = await madeRun("resumed", made);
    const config = await pretrainConfig({ resume: true, out, train: { steps: 1000 } });
    expect(config).toMatchObject({ preset: "demo", seed: 9, resume: true, out });
    expect(config.train).toMatchObject({ lr: 0.5, steps: 1000, batchSize: 32 });
    expect(Object.keys(config.train)).not.toContain("clip");
  });

  test("a run that began from another one's weights can go on", async () => {
    const out = await madeRun("from-weights", { data: genome, init: "runs/b" });
    expect(await pretrainConfig({ resume: true, out })).toMatchObject({
      init: resolve("runs/b"),
      out,
    });
  });

  test("without a run there yet is a first start", async () => {
    const out = join(folder, "not-yet");
    expect(await pretrainConfig({ resume: true, out, data: genome })).toMatchObject({ out });
  });

  test("under another preset is refused", async () => {
    const out = await madeRun("preset", { data: genome });
    await expectRefusal(
      { resume: true, out, preset: "mini" },
      `expected preset nano, which ${out} was made with, got mini`,
    );
  });
});

test("readRunConfig is what the run was made with", async () => {
  const part = { preset: "micro", data: genome, seed: 4 } as const;
  const run = await madeRun("read", part);
  expect(await readRunConfig(run)).toEqual(await pretrainConfig(part));
});
