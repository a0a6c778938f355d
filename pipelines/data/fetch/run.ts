/** `gdiff data fetch`: a known genome's file, or the interval files of a labelled set, come into the data folder. */

import { homedir } from "node:os";
import { readKnownBenchmarks } from "../../../src/data/manifests/node-known-benchmarks.ts";
import {
  findGenome,
  type KnownGenome,
  readKnownGenomes,
} from "../../../src/data/manifests/node-known-genomes.ts";
import { type DataFolders, dataFolders } from "../../../src/data/store/data-folders.ts";
import { downloadPath, locateGenome } from "../../../src/data/store/locate-genome.ts";
import { builtInGenome, missingGenome } from "../../../src/data/store/missing-genome.ts";
import type { HttpClient } from "../../../src/util/http/client.ts";
import { isUrl } from "../../../src/util/http/remote-url.ts";
import type { PipelineIo } from "../../io.ts";
import { describeGenome, type GenomeSummary, summariseGenome } from "../genome-summary.ts";
import { runDataVerify } from "../verify/run.ts";
import { expectConsent } from "./consent.ts";
import { type BenchmarkFetchSummary, fetchBenchmark } from "./fetch-benchmark.ts";
import { fetchGenome } from "./fetch-genome.ts";
import type { FetchConfig } from "./options.ts";

export interface GenomeFetchSummary extends GenomeSummary {
  /** False when the file was there before. */
  readonly isFetched: boolean;
}

export type FetchSummary = GenomeFetchSummary | BenchmarkFetchSummary;

/**
 * Brings the file of the genome of that name, or where there is none the files of the set.
 *
 * @param client speaks to servers; without it one with the environment's proxies
 * @throws {ConfigError} when nothing has the name
 * @throws {FileError} when nobody agrees to the download, or no public file is known
 * @throws whatever `fetchGenome` or `fetchBenchmark` throws
 */
export async function runDataFetch(
  config: FetchConfig,
  io: PipelineIo,
  client?: HttpClient,
): Promise<FetchSummary> {
  const folders = dataFolders(process.env, homedir());
  const genomes = await readKnownGenomes(folders.searched);
  const isNamed = ({ name, aliases }: Pick<KnownGenome, "name" | "aliases">): boolean =>
    [name, ...aliases].some((own) => own.toLowerCase() === config.genome.toLowerCase());
  const sets = await readKnownBenchmarks();
  const set = genomes.some(isNamed) ? undefined : sets.find(isNamed);
  if (set !== undefined) return fetchBenchmark(set, config, folders, io, client);
  const expected = `the name of a labelled set (${sets.flatMap(({ aliases }) => aliases).join(", ")}) or of a genome`;
  const genome = findGenome(genomes, config.genome, expected);
  return fetchKnownGenome(genome, config, folders, io, client);
}

/** Brings the file, unless it is there; then it is verified. */
async function fetchKnownGenome(
  genome: KnownGenome,
  { genome: asked, from, yes }: FetchConfig,
  folders: DataFolders,
  io: PipelineIo,
  client: HttpClient | undefined,
): Promise<GenomeFetchSummary> {
  if (genome.isBuiltIn) throw builtInGenome(genome.name);
  const there = locateGenome(genome, folders);
  if (there !== undefined) {
    io.stderr(`${there} is there already: it is verified (delete it to fetch it again)`);
    return { ...(await runDataVerify({ genome: asked }, io)), isFetched: false };
  }
  const source = from ?? genome.file?.url;
  if (source === undefined) throw missingGenome(genome, asked, folders, "give --from FILE|URL");
  if (isUrl(source) && !yes) await expectConsent(genome, asked, source, folders, io);
  io.stderr(`fetching ${source} to ${downloadPath(genome, folders)}`);
  const { path, record, recognition } = await fetchGenome(genome, source, folders, io, client);
  const summary = summariseGenome(path, record, recognition);
  await io.stdout(describeGenome(summary));
  return { ...summary, isFetched: true };
}
