import { demoOptions, resolveDemo } from "../../../pipelines/demo/options.ts";
import { type Command, defineCommand } from "../command.ts";

export const demoCommand: Command = defineCommand({
  options: demoOptions,
  examples: [
    ["gdiff demo", "no data needed"],
    ["gdiff demo --out runs/demo --steps 50", "briefly, and keep the run"],
    ["gdiff demo --backend wasm --json", "on one backend, the report as JSON"],
  ],
  resolve: resolveDemo,
  async run(config, io) {
    const { runDemo } = await import("../../../pipelines/demo/run.ts");
    return runDemo(config, io);
  },
});
