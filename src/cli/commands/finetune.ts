import { finetuneOptions, resolveFinetune } from "../../../pipelines/finetune/options.ts";
import { type Command, defineCommand } from "../command.ts";

export const finetuneCommand: Command = defineCommand({
  options: finetuneOptions,
  examples: [
    ["gdiff finetune runs/a --train train.csv --test test.csv", "columns sequence and label"],
    [
      "gdiff finetune --from-scratch nano --train all.tsv --test-share 0.1 --groups overlap",
      "one file, split so that no part overlaps another",
    ],
    [
      "gdiff finetune runs/a --set human_nontata_promoters --genome hg38 --out runs/nontata",
      "a set of the Genomic Benchmarks",
    ],
  ],
  resolve: resolveFinetune,
  async run(config, io) {
    const { runFinetune } = await import("../../../pipelines/finetune/run.ts");
    return runFinetune(config, io);
  },
});
