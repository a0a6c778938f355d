import { generateOptions, resolveGenerate } from "../../../pipelines/generate/options.ts";
import { type Command, defineCommand } from "../command.ts";

const UNWRITTEN =
  "the sequences are not written: --json keeps stdout for the report; --out FILE writes them";

export const generateCommand: Command = defineCommand({
  options: generateOptions,
  examples: [
    ["gdiff generate runs/a --count 100 --length 512 > new.fa", "FASTA on stdout"],
    ["gdiff generate runs/a --calls 64 --temperature 0.9 --out new.fa", "fewer calls, sharper"],
    ["gdiff generate runs/a --length 4096 --stride 256 > long.fa", "longer than the windows"],
    [
      "gdiff generate runs/a --classifier runs/c --label promoter > p.fa",
      "guided by a classifier of rows with hidden bases",
    ],
    ["gdiff generate runs/a --prompt gaps.fa --out filled.fa", "fill the N of each record"],
    ["gdiff generate runs/a --forbid EcoRI,BsaI --gc 0.4-0.6 --out new.fa", "under constraints"],
  ],
  resolve: resolveGenerate,
  async run(config, io, output) {
    if (output === "json" && config.out === undefined) io.stderr(UNWRITTEN);
    const { runGenerate } = await import("../../../pipelines/generate/run.ts");
    return runGenerate(config, io);
  },
});
