import { expect, test } from "vitest";
import { finetuneConfig } from "../../../pipelines/finetune/options.ts";
import { rowOptions } from "../../../pipelines/finetune/row-options.ts";
import type { PartialConfig } from "../../../pipelines/pretrain/options.ts";

const PART = {
  ...{ name: "four", classes: ["a", "b"] },
  sequences: [0, 0, 0, 1].map((label, i) => ({ id: String(i), ids: Uint8Array.of(i), label })),
};

const optionsOf = async (
  fromScratch: "nano" | "benchmark-cnn",
  train: PartialConfig<{ classWeights: "none" | "balanced" }>,
  strand: "forward" | "augment" | "average",
) => {
  const data = { train: "a.csv" };
  const fixed = { batchSize: 8, tokens: 500, labelSmoothing: 0.1, ...train };
  const config = { fromScratch, data, model: { strand }, train: fixed, seed: 7 };
  return rowOptions(await finetuneConfig(config), PART);
};

test("rows are as the configuration says", async () => {
  expect(await optionsOf("nano", {}, "forward")).toEqual({
    ...{ batchSize: 8, tokens: 500, labelSmoothing: 0.1, maskShare: 0, seed: 7 },
    ...{ classes: 2, classWeights: [1, 1], isEitherStrand: false },
  });
  const balanced = await optionsOf("nano", { classWeights: "balanced" }, "average");
  expect(balanced.classWeights).toEqual([4 / 6, 2]);
  expect(balanced.isEitherStrand).toBe(true);
});

test("the benchmark's network sees an update at once, as its batch norms were published", async () => {
  expect((await optionsOf("benchmark-cnn", {}, "augment")).tokens).toBeUndefined();
});
