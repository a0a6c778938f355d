/** What `gdiff data verify` spends: SHA-256 of the file, MD5 and composition of every contig, beside samtools' MD5s alone. */

import { join } from "node:path";
import { scanGenomeFile } from "../../src/data/store/scan-genome-file.ts";
import type { DataBenchSettings } from "./arguments.ts";
import { makeText } from "./make-text.ts";
import { runToEnd } from "./programs.ts";
import { type DataBenchResult, dataBenchResult } from "./result.ts";
import { type Contestant, takeTurns, timed } from "./rounds.ts";

export async function contigFacts(
  { fasta, megabytes, rounds }: DataBenchSettings,
  folder: string,
): Promise<DataBenchResult> {
  const plain = join(folder, "plain.fa");
  const textBytes = await makeText(fasta, plain, megabytes * 1e6);
  await runToEnd("bgzip", ["-@2", "-k", plain]);
  const files = [
    ["plain", plain],
    ["bgzip", `${plain}.gz`],
  ] as const;
  const contestants = files.flatMap(([kind, path]): Contestant[] => [
    { name: `gdiff ${kind}`, run: () => timed(() => scanGenomeFile(path)) },
    { name: `samtools dict ${kind}`, run: () => timed(() => runToEnd("samtools", ["dict", path])) },
  ]);
  const timings = await takeTurns(contestants, rounds);
  return dataBenchResult("contig-facts", "bytes of text", timings, () => textBytes, [
    ["gdiff plain", "samtools dict plain", 1],
    ["gdiff bgzip", "samtools dict bgzip", 1],
  ]);
}
