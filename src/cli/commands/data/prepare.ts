import { prepareOptions, resolvePrepare } from "../../../../pipelines/data/prepare/options.ts";
import { type Command, defineCommand } from "../../command.ts";

export const dataPrepareCommand: Command = defineCommand({
  options: prepareOptions,
  examples: [
    [
      "gdiff data prepare --genome hg38 --windows 1000000 --out shards",
      "a million windows, in the order in which seed 1 trains on them",
    ],
    ["gdiff data prepare --out shards", "go on where it stopped, or check what is there"],
    ["gdiff data prepare --out shards --windows 2000000", "make it longer"],
    [
      "gdiff data prepare --fasta my.fa --epochs 2 --shard 1/4 --out shards",
      "the first of four processes",
    ],
    ["gdiff pretrain --shards shards", "train on them"],
  ],
  resolve: resolvePrepare,
  async run(config, io) {
    const { runDataPrepare } = await import("../../../../pipelines/data/prepare/run.ts");
    return runDataPrepare(config, io);
  },
});
