/** One of the Genomic Benchmarks by name: official intervals and the genomes that they lie on, as sequences. */

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { buildBenchmark } from "../../src/data/labelled/build-from-intervals.ts";
import type { LabelledSequences } from "../../src/data/labelled/labelled-sequence.ts";
import { readLabelledSet } from "../../src/data/labelled/node-read-labelled-set.ts";
import type { OpenReference } from "../../src/data/labelled/reference-bases.ts";
import type {
  BenchmarkManifest,
  BenchmarkReference,
} from "../../src/data/manifests/benchmark-manifest.ts";
import {
  findBenchmark,
  readKnownBenchmarks,
} from "../../src/data/manifests/node-known-benchmarks.ts";
import { readKnownGenomes } from "../../src/data/manifests/node-known-genomes.ts";
import { dataFolders } from "../../src/data/store/data-folders.ts";
import {
  benchmarkPath,
  locateBenchmark,
  locateReference,
} from "../../src/data/store/locate-benchmark.ts";
import { FileError } from "../../src/errors.ts";
import { type OpenIo, openNamedGenome } from "../open-named-genome.ts";
import { turn } from "../stop.ts";

export interface BenchmarkSource {
  /** Name of the set. */
  readonly set: string;
  /** Folder of interval files, a folder a set; absent is the data folder's. */
  readonly benchmarks?: string | undefined;
  /** What the set's first genome is read from, instead of the genome that it names. */
  readonly genome?: string | undefined;
  readonly fasta?: string | undefined;
}

export interface OpenedBenchmark {
  readonly manifest: BenchmarkManifest;
  readonly train: LabelledSequences;
  readonly test: LabelledSequences;
}

/**
 * Reads the intervals and builds the official splits; references are closed again.
 *
 * @throws {ConfigError} when no set has the name
 * @throws {FileError} when the interval files or a reference are not here, with what brings them
 * @throws {VerificationError} when they are not what the manifest says
 */
export async function openBenchmark(source: BenchmarkSource, io: OpenIo): Promise<OpenedBenchmark> {
  const manifest = findBenchmark(await readKnownBenchmarks(), source.set);
  const set = await readLabelledSet(await setFolder(manifest, source.benchmarks));
  const references = new Map<string, OpenReference>();
  try {
    const own = manifest.references.find(({ kind }) => kind === "genome");
    for (const reference of manifest.references) {
      const given = reference === own ? source : {};
      references.set(reference.name, await openReference(manifest, reference, given, io));
    }
    const built = await buildBenchmark(manifest, set, references, async (done, total) => {
      if (done % 1000 !== 0 && done !== total) return;
      io.progress.update(done, total, `sequences of ${manifest.name}`);
      await turn(io.signal);
    });
    if (built.kind === "built") return { manifest, train: built.train, test: built.test };
    throw missingReference(manifest, built.references[0] as BenchmarkReference);
  } finally {
    io.progress.finish();
    for (const { genome } of references.values()) await genome.close();
  }
}

async function setFolder(
  manifest: BenchmarkManifest,
  benchmarks: string | undefined,
): Promise<string> {
  const { name, aliases } = manifest;
  const folders = dataFolders(process.env, homedir());
  const found =
    benchmarks === undefined
      ? locateBenchmark(manifest, folders)
      : [name, ...aliases].map((one) => join(benchmarks, one)).find((place) => existsSync(place));
  if (found !== undefined) return found;
  const put = benchmarks === undefined ? benchmarkPath(manifest, folders) : join(benchmarks, name);
  throw new FileError(
    `expected the interval files of ${name} in ${put}, got none: gdiff data fetch ${name}, or give --benchmarks FOLDER`,
  );
}

async function openReference(
  manifest: BenchmarkManifest,
  reference: BenchmarkReference,
  { genome, fasta }: Pick<BenchmarkSource, "genome" | "fasta">,
  io: OpenIo,
): Promise<OpenReference> {
  if (genome !== undefined || fasta !== undefined) return openNamedGenome({ genome, fasta }, io);
  const folders = dataFolders(process.env, homedir());
  const known = await readKnownGenomes(folders.searched);
  const found = locateReference(reference, known, folders);
  if (found === undefined) throw missingReference(manifest, reference);
  const { path, isKnown } = found;
  if (!isKnown) {
    io.stderr(`${path} is taken for ${reference.name} by its name: what is in it is not known`);
  }
  return openNamedGenome({ fasta: path }, io);
}

function missingReference(
  { name: set }: BenchmarkManifest,
  { name, url, genomes }: BenchmarkReference,
): FileError {
  const { written } = dataFolders(process.env, homedir());
  const remedy = genomes.includes("GRCh38")
    ? "gdiff data fetch GRCh38, or give --fasta FILE"
    : `put it as ${name}.fa.gz into ${written}, or give the set's sequences by --train`;
  return new FileError(
    `expected ${name}, which the intervals of ${set} lie on (${url}), got none on this machine: ${remedy}`,
  );
}
