import { indexOptions, resolveIndex } from "../../../../pipelines/data/index/options.ts";
import { type Command, defineCommand } from "../../command.ts";

export const dataIndexCommand: Command = defineCommand({
  options: indexOptions,
  examples: [
    ["gdiff data index hg38", "plain gzip becomes bgzip, once"],
    ["gdiff data index genome.fa.gz --out copy.fa.gz", "leave the file as it is"],
  ],
  resolve: resolveIndex,
  async run(config, io) {
    const { runDataIndex } = await import("../../../../pipelines/data/index/run.ts");
    return runDataIndex(config, io);
  },
});
