import { infoOptions, resolveInfo } from "../../../../pipelines/data/info/options.ts";
import { type Command, defineCommand } from "../../command.ts";

export const dataInfoCommand: Command = defineCommand({
  options: infoOptions,
  examples: [
    ["gdiff data info hg38", "contigs, N, soft-masked share and GC"],
    ["gdiff data info my/genome.fa --json", "the same of any FASTA, for a script"],
  ],
  resolve: resolveInfo,
  async run(config, io) {
    const { runDataInfo } = await import("../../../../pipelines/data/info/run.ts");
    return runDataInfo(config, io);
  },
});
