import { reportOptions, resolveReport } from "../../../pipelines/report/options.ts";
import { type Command, defineCommand } from "../command.ts";

export const reportCommand: Command = defineCommand({
  options: reportOptions,
  examples: [
    ["gdiff report runs/a", "writes runs/a/report.html, which needs nothing else"],
    ["gdiff report runs/c", "of a fine-tuned run: its test with intervals, calibration, leakage"],
    ["gdiff report runs/a --windows 1000 --samples 20 --out a.html", "more of everything"],
  ],
  resolve: resolveReport,
  async run(config, io) {
    const { runReport } = await import("../../../pipelines/report/run.ts");
    const date = config.date ?? new Date().toISOString().slice(0, 10); // the one clock of a page
    return runReport({ ...config, date }, io);
  },
});
