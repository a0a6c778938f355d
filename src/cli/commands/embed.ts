import { embedOptions, resolveEmbed } from "../../../pipelines/embed/options.ts";
import { type Command, defineCommand } from "../command.ts";

const UNWRITTEN =
  "the table is not written: --json keeps stdout for the report; --out FILE writes it";

export const embedCommand: Command = defineCommand({
  options: embedOptions,
  examples: [
    ["gdiff embed runs/a new.fa --out new.arrow", "a vector a record"],
    [
      "gdiff embed runs/a --bed peaks.bed --genome hg38 --strand average > peaks.tsv",
      "of intervals, the mean of both strands",
    ],
    ["gdiff embed runs/a short.fa --per-base --out short.parquet", "a vector a base"],
  ],
  resolve: resolveEmbed,
  async run(config, io, output) {
    if (output === "json" && config.out === undefined) io.stderr(UNWRITTEN);
    const { runEmbed } = await import("../../../pipelines/embed/run.ts");
    return runEmbed(config, io);
  },
});
