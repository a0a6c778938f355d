import { benchmarkOptions, resolveBenchmark } from "../../../pipelines/benchmark/options.ts";
import { type Command, defineCommand } from "../command.ts";

export const benchmarkCommand: Command = defineCommand({
  options: benchmarkOptions,
  examples: [
    ["gdiff benchmark runs/a --sets all --out bench", "every set that is here, five seeds"],
    [
      "gdiff benchmark runs/a --sets cohn,mouse --lr 1e-3,2e-3 --out bench",
      "settings tried, chosen on validation",
    ],
    [
      "gdiff benchmark --sets my.csv --groups overlap --jobs 4 --out bench",
      "a file of one's own, without pretraining, four trials at once",
    ],
  ],
  resolve: resolveBenchmark,
  async run(config, io) {
    const { runBenchmark } = await import("../../../pipelines/benchmark/run.ts");
    return runBenchmark(config, io);
  },
});
