import { evaluateOptions, resolveEvaluate } from "../../../pipelines/evaluate/options.ts";
import { type Command, defineCommand } from "../command.ts";

export const evaluateCommand: Command = defineCommand({
  options: evaluateOptions,
  examples: [
    ["gdiff evaluate runs/a", "the test split of the run"],
    ["gdiff evaluate runs/a --windows 200 --draws 32 --json", "fewer windows, tighter each"],
    [
      "gdiff evaluate runs/a --fasta b.fa --region chr21:1-50,000 --table b.tsv",
      "another genome, with a row a window",
    ],
  ],
  resolve: resolveEvaluate,
  async run(config, io) {
    const { runEvaluate } = await import("../../../pipelines/evaluate/run.ts");
    return runEvaluate(config, io);
  },
});
