import { addOptions, resolveAdd } from "../../../../pipelines/data/add/options.ts";
import { type Command, defineCommand } from "../../command.ts";

export const dataAddCommand: Command = defineCommand({
  options: addOptions,
  examples: [["gdiff data add mouse.json", "gdiff pretrain --genome takes its name from then on"]],
  resolve: resolveAdd,
  async run(config, io) {
    const { runDataAdd } = await import("../../../../pipelines/data/add/run.ts");
    return runDataAdd(config, io);
  },
});
