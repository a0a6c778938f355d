import { fetchOptions, resolveFetch } from "../../../../pipelines/data/fetch/options.ts";
import { type Command, defineCommand } from "../../command.ts";

export const dataFetchCommand: Command = defineCommand({
  options: fetchOptions,
  examples: [
    ["gdiff data fetch hg38", "ask first, then download, check and index it"],
    ["gdiff data fetch hg38 --yes", "the same in a script; interrupted, it goes on the next time"],
    ["gdiff data fetch hg38 --from /mnt/share/hg38.fa.gz", "take a copy that is here"],
    ["gdiff data fetch nontata --yes", "the interval files of a labelled set"],
  ],
  resolve: resolveFetch,
  async run(config, io) {
    const { runDataFetch } = await import("../../../../pipelines/data/fetch/run.ts");
    return runDataFetch(config, io);
  },
});
