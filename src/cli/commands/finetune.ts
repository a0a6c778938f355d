import { finetuneOptions, resolveFinetune } from "../../../pipelines/finetune/options.ts";
import { type Command, defineCommand } from "../command.ts";

export const finetuneCommand: Command = defineCommand({
  options: finetuneOptions,
  examples: [
    ["gdiff finetune runs/a --train a.csv --test b.csv", "columns sequence and label"],
    [
      "gdiff finetune runs/a --train a.tsv --test-share 0.1 --groups overlap",
      "one file, parts that share no group of overlapping sequences",
    ],
    [
      "gdiff finetune --from-scratch nano --set human_enhancers_cohn",
      "a set of the Genomic Benchmarks, for comparison without pretraining",
    ],
  ],
  resolve: resolveFinetune,
  async run(config, io) {
    const { runFinetune } = await import("../../../pipelines/finetune/run.ts");
    return runFinetune(config, io);
  },
});
