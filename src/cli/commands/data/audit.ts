import { auditOptions, resolveAudit } from "../../../../pipelines/data/audit/options.ts";
import { type Command, defineCommand } from "../../command.ts";

export const dataAuditCommand: Command = defineCommand({
  options: auditOptions,
  examples: [
    [
      "gdiff data audit --genome hg38",
      "what the splits of hg38 share: bases, and windows of 1,024",
    ],
    [
      "gdiff data audit --fasta a.fa --bed rows.bed --table copies.tsv",
      "the splits of a BED, with a row for each copy",
    ],
    ["gdiff data audit --intervals datasets/", "labelled sets: test against train"],
  ],
  resolve: resolveAudit,
  async run(config, io) {
    const { runAudit } = await import("../../../../pipelines/data/audit/run.ts");
    return runAudit(config, io);
  },
});
