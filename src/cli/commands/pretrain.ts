import { pretrainOptions, resolvePretrain } from "../../../pipelines/pretrain/options.ts";
import { type Command, defineCommand } from "../command.ts";

export const pretrainCommand: Command = defineCommand({
  options: pretrainOptions,
  examples: [
    ["gdiff pretrain --genome demo --out runs/demo --steps 400", "the built-in genome, briefly"],
    [
      "gdiff pretrain --fasta my.fa.gz --train chr1,chr2 --valid chr3 --out runs/a",
      "two contigs of your own FASTA, bgzip and indexed",
    ],
    [
      "gdiff pretrain --genome hg38 --preset micro --max-time 60m --out runs/b",
      "save and stop after an hour",
    ],
    ["gdiff pretrain --resume --out runs/b", "go on where it stopped"],
    [
      "gdiff pretrain --config my.yaml --set train.validEvery=100 --dry-run",
      "check a configuration without training",
    ],
  ],
  resolve: resolvePretrain,
  async run(config, io) {
    const { runPretrain } = await import("../../../pipelines/pretrain/run.ts");
    return runPretrain(config, io);
  },
});
