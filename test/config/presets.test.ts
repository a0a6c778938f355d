import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PRESET_NAMES, pretrainConfig, pretrainOptions } from "../../pipelines/pretrain/options.ts";
import { flattenOptions } from "../../src/config/option-table.ts";
import { readPreset } from "../../src/config/preset.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";

const OPTIONS = flattenOptions(pretrainOptions);
const FOLDER = join(import.meta.dirname, "../../pipelines/pretrain/presets");

describe("presets of pretrain", () => {
  test("are the files of the folder", () => {
    expect(readdirSync(FOLDER).sort()).toEqual(PRESET_NAMES.map((name) => `${name}.yaml`).sort());
  });

  test("nano says the defaults, so help shows what runs without flags", async () => {
    const nano = await readPreset("pretrain", "nano", OPTIONS);
    expect(resolveConfig(pretrainOptions, [nano])).toEqual(resolveConfig(pretrainOptions, []));
  });

  test.each([
    ["nano", { width: 128, layers: 4, heads: 4 }, 1024],
    ["micro", { width: 192, layers: 6, heads: 6 }, 1024],
    ["mini", { width: 256, layers: 8, heads: 4 }, 1024],
    ["hg38-small", { width: 192, layers: 4, heads: 6 }, 256],
    ["mdlm-dna-stage1", { width: 96, layers: 4, heads: 4 }, 1024],
    ["mdlm-dna-stage2", { width: 96, layers: 4, heads: 4 }, 1024],
    ["demo", { width: 64, layers: 2, heads: 4 }, 128],
  ] as const)("%s is the size that its name promises", async (preset, model, length) => {
    const config = await pretrainConfig({ preset, data: { genome: "demo" } });
    expect(config.model).toEqual(model);
    expect(config.data.length).toBe(length);
  });

  test("the published stages have the published settings", async () => {
    const configs = await Promise.all(
      (["mdlm-dna-stage1", "mdlm-dna-stage2"] as const).map((preset) =>
        pretrainConfig({ preset, data: { genome: "demo" } }),
      ),
    );
    const stated = configs.map(({ train, data }) => [
      ...[train.objective, train.steps, train.lr],
      train.batchSize * train.accumulate * data.length,
    ]);
    expect(stated).toEqual([
      ["mlm", 10_000, 8e-3, 2 ** 20],
      ["mdlm", 50_000, 1e-3, 2 ** 20],
    ]);
  });
});
