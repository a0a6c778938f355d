/** Every parser of src/genome, as something that takes bytes, and either returns or refuses them with a GdiffError. */

import { deflateRawSync, gzipSync, inflateRawSync } from "node:zlib";
import { parseBed } from "../../../src/genome/bed.ts";
import { openBgzf } from "../../../src/genome/bgzf-source.ts";
import { bgzfStream } from "../../../src/genome/bgzf-stream.ts";
import { buildGzi } from "../../../src/genome/bgzf-walk.ts";
import { buildFai } from "../../../src/genome/build-fai.ts";
import { formatFai, parseFai } from "../../../src/genome/fai.ts";
import { fastaGenome } from "../../../src/genome/fasta-genome.ts";
import type { Genome } from "../../../src/genome/genome.ts";
import { formatGzi, parseGzi } from "../../../src/genome/gzi.ts";
import { loadGenome } from "../../../src/genome/load-genome.ts";
import { memorySource } from "../../../src/genome/memory-source.ts";
import { gunzip } from "../../../src/genome/node-gunzip.ts";
import { nodeInflate } from "../../../src/genome/node-inflate.ts";
import { genomeLoops } from "../../../src/genome/node-native-loops.ts";
import { parseFastaRecords } from "../../../src/genome/node-read-records.ts";
import { openTwoBit } from "../../../src/genome/twobit-genome.ts";
import { verifyFai } from "../../../src/genome/verify-fai.ts";
import { bgzfFile } from "../bgzf-fixture.ts";
import { bytesOf, dice, pieces, randomLetters, textOf, wrapped } from "../fixtures.ts";
import { EACH_LOOPS } from "../loops.ts";
import { twoBitFile } from "../twobit-fixture.ts";

export interface FuzzTarget {
  readonly name: string;
  /** Right inputs, to be spoiled. */
  readonly seeds: readonly Uint8Array[];
  /** What its inputs may add to the memory of the process, where that is not the usual. */
  readonly mostMib?: number;
  /** Reads all there is; throws anything but a GdiffError when it is wrong itself. */
  run(bytes: Uint8Array): unknown;
}

/** Bases that one input may claim to have and still be read whole. */
const MOST_BASES = 2 ** 20;

const roll = dice(101);
const LETTERS = randomLetters(700, "ACGTNacgtnRy", roll);
const TEXT = `>chr1 first\n${wrapped(LETTERS, 60)}\n>chr2\nACGTN\n>chr3\n${wrapped(LETTERS.slice(0, 90), 30)}`;
const CRLF = `>a\r\n${wrapped(LETTERS, 13, "\r\n")}>b\r\n${LETTERS}`;
const BGZF = bgzfFile(TEXT, 150);
const { records: RECORDS } = await buildFai([bytesOf(TEXT)], "x.fa");
const NORMAL = LETTERS.replaceAll(/[RY]/g, "N").replaceAll(/[ry]/g, "n");
const EXPECTED = [
  ["chr1", NORMAL],
  ["chr2", "ACGTN"],
  ["chr3", NORMAL.slice(0, 90)],
] as const;
const GZI = formatGzi(await buildGzi(memorySource("x.gz", BGZF)));

/** What an index leads to is right, or refused. */
async function readSame(genome: Genome): Promise<void> {
  for (const [name, bases] of EXPECTED) {
    const length = genome.contigs.find((contig) => contig.name === name)?.length;
    if (length !== bases.length) throw new Error(`${name}: other bases than there are`);
    const got = textOf(await genome.read({ contig: name, start: 0, end: length }));
    if (got !== bases) throw new Error(`${name}: other bases than there are`);
  }
}

async function readAll(genome: Genome): Promise<void> {
  for (const { name, length } of genome.contigs) {
    if (length > MOST_BASES) continue;
    const whole = textOf(await genome.read({ contig: name, start: 0, end: length }));
    const start = Math.floor(length / 3);
    const part = textOf(await genome.read({ contig: name, start, end: length }));
    if (part !== whole.slice(start)) throw new Error(`${name}: a window differs from the whole`);
  }
}

/** What JavaScript and the add-on make of a text must be one. */
async function indexBoth(bytes: Uint8Array, length: number): Promise<void> {
  const outcomes = await Promise.allSettled(
    EACH_LOOPS.map(async (loops) => {
      const built = await buildFai(pieces(bytes, length), "x.fa", { loops });
      return formatFai(built.records);
    }),
  );
  const [first, second] = outcomes.map((outcome) =>
    outcome.status === "fulfilled" ? outcome.value : String(outcome.reason),
  );
  if (first !== second) throw new Error(`loops differ: ${first} and ${second}`);
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
}

/** The add-on's inflate takes what zlib takes, and gives the same. */
function inflateBoth(bytes: Uint8Array): void {
  const { inflate } = genomeLoops();
  const room = 3000;
  let got: Uint8Array | undefined;
  let wanted: Uint8Array | undefined;
  try {
    got = inflate.inflateRaw(bytes, room);
  } catch {}
  try {
    wanted = inflateRawSync(bytes, { maxOutputLength: room });
  } catch {}
  const isSame =
    got === undefined || wanted === undefined ? got === wanted : Buffer.compare(got, wanted) === 0;
  if (!isSame) throw new Error(`inflate differs from zlib: ${got?.length} and ${wanted?.length}`);
}

async function drain(stream: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of stream);
}

export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  {
    name: "FASTA text",
    seeds: [bytesOf(TEXT), bytesOf(CRLF)],
    async run(bytes) {
      await indexBoth(bytes, 97);
      await readAll((await loadGenome([bytes], "x.fa", MOST_BASES)).genome);
    },
  },
  {
    name: "FASTA text under an index that is another's",
    seeds: [bytesOf(TEXT)],
    run: (bytes) => readAll(fastaGenome(memorySource("x.fa", bytes), RECORDS)),
  },
  {
    name: ".fai",
    seeds: [bytesOf(formatFai(RECORDS))],
    async run(bytes) {
      const records = parseFai(textOf(bytes), "x.fai");
      const text = memorySource("x.fa", bytesOf(TEXT));
      await verifyFai(text, records, "x.fai");
      await readSame(fastaGenome(text, records));
    },
  },
  {
    name: ".gzi",
    seeds: [GZI],
    async run(bytes) {
      const gzi = parseGzi(bytes, "x.gzi", BGZF.length);
      const text = await openBgzf(memorySource("x.gz", BGZF), nodeInflate, { gzi });
      await readSame(fastaGenome(text, RECORDS));
    },
  },
  {
    name: "bgzip by position",
    seeds: [BGZF],
    async run(bytes) {
      const text = await openBgzf(memorySource("x.gz", bytes), genomeLoops().inflate);
      await readAll(fastaGenome(text, RECORDS));
    },
  },
  {
    name: "bgzip as a stream",
    seeds: [BGZF],
    run: (bytes) => drain(bgzfStream(pieces(bytes, 31), "x.gz", genomeLoops().inflate)),
  },
  {
    name: "gzip",
    seeds: [gzipSync(TEXT), gzipSync(CRLF, { level: 0 })],
    run: (bytes) => drain(gunzip([bytes], "x.gz", MOST_BASES)),
  },
  {
    name: "deflate",
    seeds: [1, 6, 9].map((level) => deflateRawSync(TEXT, { level })),
    mostMib: 2048, // zlib's contexts, which Node frees late; the add-on has none
    run: inflateBoth,
  },
  {
    name: "2bit",
    seeds: [0, 1].map(
      (version) =>
        twoBitFile(
          [
            ["chr1", LETTERS],
            ["b", "ACGTN"],
            ["c", ""],
          ],
          { version: version === 0 ? 0 : 1 },
        ), // prettier-ignore
    ),
    run: async (bytes) => readAll((await openTwoBit(memorySource("x.2bit", bytes))).genome),
  },
  {
    name: "BED",
    seeds: [bytesOf("#x\nchr1\t0\t10\ttrain\nchr2\t5\t1000\n\ntrack a\nchr3 1 2\n")],
    run: (bytes) => parseBed(textOf(bytes), "x.bed"),
  },
  {
    name: "records",
    seeds: [bytesOf(TEXT), bytesOf(CRLF)],
    run: (bytes) => parseFastaRecords(bytes, "x.fa", "-"),
  },
];
