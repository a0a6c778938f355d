import { compareOptions, resolveCompare } from "../../../pipelines/compare/options.ts";
import { type Command, defineCommand } from "../command.ts";

export const compareCommand: Command = defineCommand({
  options: compareOptions,
  examples: [
    ["gdiff compare new.fa --reference real.fa --report new.html", "page, JSON and a table"],
    ["gdiff compare new.fa --reference real.fa --train train.fa", "what comes back of training"],
    ["gdiff compare new.arrow --reference chr22.fa.gz --length 512", "real DNA from a contig"],
    ["gdiff compare new.fa --reference real.fa --run runs/a", "embeddings of the run too"],
  ],
  resolve: resolveCompare,
  async run(config, io) {
    const { runCompare } = await import("../../../pipelines/compare/run.ts");
    const date = config.date ?? new Date().toISOString().slice(0, 10); // the one clock of a page
    return runCompare({ ...config, date }, io);
  },
});
