import { resolveStudy, studyOptions } from "../../../../pipelines/study/options.ts";
import { type Command, defineCommand } from "../../command.ts";

export const studyObjectivesCommand: Command = defineCommand({
  options: studyOptions,
  examples: [
    [
      "gdiff study objectives --genome demo --objectives mdlm,ar --tokens 4e6 --out s",
      "two objectives on the built-in genome, three seeds each",
    ],
    [
      "gdiff study objectives --config study.yaml --jobs 4 --out study",
      "data, arms and tokens in a file; four trials at once",
    ],
    [
      "gdiff study objectives --config study.yaml --set-for ar:train.lr=5e-4 --out s",
      "a learning rate of one objective's own",
    ],
  ],
  resolve: resolveStudy,
  async run(config, io) {
    const { runStudy } = await import("../../../../pipelines/study/run.ts");
    return runStudy(config, io);
  },
});
