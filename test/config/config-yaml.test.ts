import { expect, test } from "vitest";
import {
  type PretrainConfig,
  pretrainConfig,
  pretrainOptions,
} from "../../pipelines/pretrain/options.ts";
import { configYaml } from "../../src/config/config-yaml.ts";
import { flattenOptions } from "../../src/config/option-table.ts";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import { yamlLayer } from "../../src/config/yaml-layer.ts";

function readBack(config: PretrainConfig): PretrainConfig {
  const options = flattenOptions(pretrainOptions);
  const layer = yamlLayer(configYaml(pretrainOptions, config), "config.yaml", options);
  return resolveConfig(pretrainOptions, [layer]);
}

test("what is written reads back to the same values", async () => {
  const config = await pretrainConfig({
    data: { fasta: "null", train: "chr1:1-1,000", reverseComplement: 0 },
    train: { maxTime: 5_400_500, lr: 1e-7 },
    seed: Number.MAX_SAFE_INTEGER,
  });
  expect(readBack(config)).toEqual(config);
});

test("what was switched off stays off", async () => {
  const config = await pretrainConfig({ data: { genome: "demo" }, train: { clip: null } });
  expect(Object.keys(config.train)).not.toContain("clip");
  expect(configYaml(pretrainOptions, config)).toContain("clip: null");
  expect(readBack(config)).toEqual(config);
});

test("sections are mappings, times have units, and what belongs to one call is left out", async () => {
  const config = await pretrainConfig({
    preset: "demo",
    data: { genome: "demo" },
    train: { maxTime: 60_000 },
    out: "runs/a",
    dryRun: true,
  });
  expect(configYaml(pretrainOptions, config)).toMatchInlineSnapshot(`
    "preset: demo
    data:
      genome: demo
      strictSplit: false
      length: 128
      maxN: 0.05
      maxSoftMasked: 1
      reverseComplement: 0.5
    model:
      width: 64
      layers: 2
      heads: 4
    labelled:
      validShare: 0.1
      groups: overlap
      labelDropout: 0.1
    train:
      steps: 600
      batchSize: 32
      accumulate: 1
      lr: 0.003
      minLrRatio: 0.1
      warmup: 50
      weightDecay: 0.1
      beta1: 0.9
      beta2: 0.95
      clip: 1
      emaDecay: 0.99
      validEvery: 100
      validWindows: 64
      saveEvery: 200
      keep: 2
      maxTime: 1m
      objective: mdlm
      noise: loglinear
      maskWarmup: 0
      timeSampling: stratified
      randomLengthShare: 0
      attentionAnnealing: 0
    seed: 1
    backend: auto
    "
  `);
});
