/** One pass over plain and bgzip text, beside samtools, bionode-fasta and bgzip. */

import { createReadStream, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import bionodeFasta from "bionode-fasta";
import { formatFai } from "../../src/genome/fai.ts";
import { PeerError } from "../versus/side.ts";
import type { DataBenchSettings } from "./arguments.ts";
import { makeText } from "./make-text.ts";
import { type Pass, passOver } from "./pass.ts";
import { runToEnd } from "./programs.ts";
import { type DataBenchResult, dataBenchResult } from "./result.ts";
import { type Contestant, takeTurns, timed } from "./rounds.ts";

/** Text that bionode-fasta reads: it takes a minute and a gigabyte for what others read in a second. */
const BIONODE_BYTES = 2e7;

export async function fastaPass(
  { fasta, megabytes, rounds }: DataBenchSettings,
  folder: string,
): Promise<DataBenchResult> {
  const plain = join(folder, "plain.fa");
  const short = join(folder, "short.fa");
  const textBytes = await makeText(fasta, plain, megabytes * 1e6);
  const shortBytes = await makeText(fasta, short, BIONODE_BYTES);
  await runToEnd("bgzip", ["-@2", "-k", plain]);
  const bgzip = `${plain}.gz`;

  const passes = new Map<string, Pass>();
  const pass = (name: string, path: string): Contestant => ({
    name,
    run: () => timed(async () => passes.set(name, await passOver(path))),
  });
  const contestants: Contestant[] = [
    pass("gdiff plain", plain),
    {
      name: "samtools faidx",
      run: async () => {
        rmSync(`${plain}.fai`, { force: true });
        return timed(() => runToEnd("samtools", ["faidx", plain]));
      },
    },
    pass("gdiff bgzip", bgzip),
    { name: "bgzip -d -@2", run: () => timed(() => runToEnd("bgzip", ["-d", "-@2", "-c", bgzip])) },
    { name: "bionode-fasta", run: () => timed(() => bionode(short)) },
  ];
  const timings = await takeTurns(contestants, rounds);
  checkRecords(passes, `${plain}.fai`);
  return dataBenchResult(
    "fasta-pass",
    "bytes of text",
    timings,
    (name) => (name === "bionode-fasta" ? shortBytes : textBytes),
    [
      ["gdiff plain", "samtools faidx", 1.5],
      ["gdiff plain", "bionode-fasta", 20],
      ["gdiff bgzip", "bgzip -d -@2", 0.8],
    ],
  );
}

function bionode(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const records = bionodeFasta.obj();
    records.on("data", () => {});
    records.on("error", reject);
    records.on("end", resolve);
    createReadStream(path).pipe(records);
  });
}

/** Every pass found what samtools found. */
function checkRecords(passes: ReadonlyMap<string, Pass>, fai: string): void {
  const expected = readFileSync(fai, "utf8");
  for (const [name, { records, bases }] of passes) {
    const length = records.reduce((sum, record) => sum + record.length, 0);
    if (formatFai(records) === expected && bases === length) continue;
    throw new PeerError(`expected ${name} to find the contigs of samtools, but it did not`);
  }
}
