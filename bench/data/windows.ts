/** Random windows a second, warm: plain FASTA, bgzip and 2bit, beside the libraries that Python has. */

import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { Genome } from "../../src/genome/genome.ts";
import { openGenome } from "../../src/genome/node-open-genome.ts";
import { addressedRandom } from "../../src/random/addressed.ts";
import { PeerError } from "../versus/side.ts";
import type { DataBenchSettings } from "./arguments.ts";
import { makeText } from "./make-text.ts";
import { runToEnd } from "./programs.ts";
import { type DataBenchResult, dataBenchResult } from "./result.ts";
import { type Contestant, takeTurns } from "./rounds.ts";
import {
  type WindowAnswer,
  type WindowLibrary,
  WindowPeer,
  type WindowRequest,
} from "./window-peer.ts";
import { writeTwoBit } from "./write-two-bit.ts";

const WINDOW_BASES = 1024;
const WINDOWS_A_ROUND = 10_000;

/** Contestants of one file, and how many times as fast as each of the libraries gdiff shall be. */
const FILES: readonly {
  readonly name: string;
  readonly file: string;
  readonly libraries: readonly (readonly [library: WindowLibrary, wanted: number])[];
}[] = [
  {
    name: "plain",
    file: "plain.fa",
    libraries: [
      ["pyfaidx", 5],
      ["pysam", 1],
    ],
  }, // prettier-ignore
  { name: "bgzip", file: "plain.fa.gz", libraries: [["pysam", 1]] },
  {
    name: "2bit",
    file: "plain.2bit",
    libraries: [
      ["py2bit", 1],
      ["twobitreader", 1],
    ],
  }, // prettier-ignore
];

export async function windows(
  { fasta, megabytes, rounds, python }: DataBenchSettings,
  folder: string,
): Promise<DataBenchResult> {
  const plain = join(folder, "plain.fa");
  await makeText(fasta, plain, megabytes * 1e6);
  await runToEnd("bgzip", ["-@2", "-i", "-k", plain]);
  await runToEnd("samtools", ["faidx", plain]);
  await runToEnd("samtools", ["faidx", `${plain}.gz`]);
  const { genome } = await openGenome(plain);
  await writeTwoBit(genome, join(folder, "plain.2bit"));
  const requests = Array.from({ length: rounds + 1 }, (_, round) => requestOf(genome, round));
  await genome.close();

  const genomes: Genome[] = [];
  const peers: WindowPeer[] = [];
  const checks = new Map<string, number>();
  const contestants: Contestant[] = [];
  const enter = (
    name: string,
    read: (request: WindowRequest) => WindowAnswer | Promise<WindowAnswer>,
  ): void => {
    contestants.push({
      name,
      async run(round) {
        const answer = await read(requests[round] as WindowRequest);
        checkSame(checks, `${round}`, name, answer.crc32);
        return answer.seconds;
      },
    });
  };
  try {
    for (const { name, file, libraries } of FILES) {
      const path = join(folder, file);
      const opened = (await openGenome(path)).genome;
      genomes.push(opened);
      enter(`gdiff ${name}`, (request) => readAll(opened, request));
      for (const [library] of libraries) {
        const peer = new WindowPeer(python, library, path);
        peers.push(peer);
        enter(`${library} ${name}`, (request) => peer.read(request));
      }
    }
    const timings = await takeTurns(contestants, rounds);
    return dataBenchResult(
      "windows",
      `windows of ${WINDOW_BASES} bases`,
      timings,
      () => WINDOWS_A_ROUND,
      FILES.flatMap(({ name, libraries }) =>
        libraries.map(
          ([library, wanted]) => [`gdiff ${name}`, `${library} ${name}`, wanted] as const,
        ),
      ),
    );
  } finally {
    for (const peer of peers) peer.stop();
    for (const opened of genomes) await opened.close();
  }
}

function requestOf({ contigs }: Genome, round: number): WindowRequest {
  const random = addressedRandom(4, "corruption");
  const long = contigs.filter(({ length }) => length >= WINDOW_BASES);
  const regions = Array.from({ length: WINDOWS_A_ROUND }, (_, i) => {
    const at = (position: number): number => random.uniform(i, round, position);
    const contig = long[Math.floor(at(0) * long.length)] as (typeof long)[number];
    return [contig.name, Math.floor(at(1) * (contig.length - WINDOW_BASES))] as const;
  });
  return { regions, length: WINDOW_BASES };
}

function readAll(genome: Genome, { regions, length }: WindowRequest): WindowAnswer {
  const { readSync } = genome;
  if (readSync === undefined) throw new RangeError("internal: expected a local genome");
  const window = new Uint8Array(length); // one for all, as in training
  const begun = performance.now();
  for (const [contig, start] of regions) readSync({ contig, start, end: start + length }, window);
  const seconds = (performance.now() - begun) / 1000;
  const bases = regions.map(([contig, start]) => readSync({ contig, start, end: start + length }));
  const upper = Buffer.concat(bases).toString("latin1").toUpperCase();
  return { seconds, crc32: crc32(Buffer.from(upper, "latin1")) };
}

/** All read the same bases in a round. @throws {PeerError} when one did not */
function checkSame(checks: Map<string, number>, round: string, name: string, crc: number): void {
  const expected = checks.get(round) ?? crc;
  checks.set(round, expected);
  if (crc === expected) return;
  throw new PeerError(`expected ${name} to read the bases that gdiff reads, but it read others`);
}
