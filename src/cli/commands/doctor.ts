import { type Command, defineCommand } from "../command.ts";

export const doctorCommand: Command = defineCommand<Record<never, never>>({
  options: {},
  examples: [
    ["gdiff doctor", "a page to read, or to put into a bug report"],
    ["gdiff doctor --json", "the same for a script"],
  ],
  resolve: () => ({}),
  async run(_config, io) {
    const { runDoctor } = await import("../../../pipelines/doctor/run.ts");
    return runDoctor(io);
  },
});
