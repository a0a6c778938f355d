import { expect, test } from "vitest";
import { finetuneConfig } from "../../../pipelines/finetune/options.ts";
import type { FinetuneTrainConfig } from "../../../pipelines/finetune/sections.ts";
import { protocolWords } from "../../../pipelines/report/finetune-words.ts";

test.each<[FinetuneTrainConfig["maskShare"], string]>([
  [0, ""],
  [
    0.15,
    " A share of 0.15 of the bases, others each epoch, is hidden in training, none in validation and test.",
  ],
  [
    "uniform",
    " A share of the bases of each sequence, from 0 to 1 and another each epoch, is hidden in training, none in validation and test.",
  ],
])("a mask share of %s is said of training alone", async (maskShare, said) => {
  const data = { train: "a.csv", valid: "b.csv" };
  const config = await finetuneConfig({ fromScratch: "nano", data, train: { maskShare } });
  expect(protocolWords(config)).toBe(
    `Validation from a file of its own. The epoch is chosen by validation accuracy.${said}`,
  );
});
