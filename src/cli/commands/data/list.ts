import { type Command, defineCommand } from "../../command.ts";

export const dataListCommand: Command = defineCommand<Record<never, never>>({
  options: {},
  examples: [
    ["gdiff data list", "what --genome takes"],
    ["gdiff data list --json", "the same for a script, with the folders that are searched"],
  ],
  resolve: () => ({}),
  async run(_config, io) {
    const { runDataList } = await import("../../../../pipelines/data/list/run.ts");
    return runDataList(io);
  },
});
