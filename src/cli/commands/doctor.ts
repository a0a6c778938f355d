import { doctorOptions, resolveDoctor } from "../../../pipelines/doctor/options.ts";
import { type Command, defineCommand } from "../command.ts";

export const doctorCommand: Command = defineCommand({
  options: doctorOptions,
  examples: [
    ["gdiff doctor", "a page to read, or to put into a bug report"],
    ["gdiff doctor --json", "the same for a script"],
    [
      "gdiff doctor --explain tensorflow | PYTHON=tf/bin/python sh",
      "give TensorFlow.js the TensorFlow of a Python environment",
    ],
  ],
  resolve: resolveDoctor,
  async run(config, io) {
    const { runDoctor } = await import("../../../pipelines/doctor/run.ts");
    return runDoctor(config, io);
  },
});
