import { predictOptions, resolvePredict } from "../../../pipelines/predict/options.ts";
import { type Command, defineCommand } from "../command.ts";

const UNWRITTEN =
  "the table is not written: --json keeps stdout for the report; --out FILE writes it";

export const predictCommand: Command = defineCommand({
  options: predictOptions,
  examples: [
    ["gdiff predict runs/promoters new.fa > new.tsv", "a row a record, TSV on stdout"],
    ["gdiff predict runs/promoters b.csv --out b.parquet", "with metrics, where it has labels"],
    [
      "gdiff predict runs/promoters --bed peaks.bed --genome hg38 --out peaks.tsv",
      "intervals of a genome, on the strand of column 6",
    ],
  ],
  resolve: resolvePredict,
  async run(config, io, output) {
    if (output === "json" && config.out === undefined) io.stderr(UNWRITTEN);
    const { runPredict } = await import("../../../pipelines/predict/run.ts");
    return runPredict(config, io);
  },
});
