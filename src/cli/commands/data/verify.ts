import { resolveVerify, verifyOptions } from "../../../../pipelines/data/verify/options.ts";
import { type Command, defineCommand } from "../../command.ts";

export const dataVerifyCommand: Command = defineCommand({
  options: verifyOptions,
  examples: [
    ["gdiff data verify hg38", "the file in the data folder, against the manifest"],
    [
      "gdiff data verify my/genome.fa.gz --json",
      "any FASTA: which genome it is, whatever its names and case",
    ],
  ],
  resolve: resolveVerify,
  async run(config, io) {
    const { runDataVerify } = await import("../../../../pipelines/data/verify/run.ts");
    return runDataVerify(config, io);
  },
});
