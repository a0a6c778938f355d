/** `gdiff data fetch`: a known genome's file comes into the data folder. */

import { homedir } from "node:os";
import { findGenome, readKnownGenomes } from "../../../src/data/manifests/node-known-genomes.ts";
import { dataFolders } from "../../../src/data/store/data-folders.ts";
import { downloadPath, locateGenome } from "../../../src/data/store/locate-genome.ts";
import { builtInGenome, missingGenome } from "../../../src/data/store/missing-genome.ts";
import type { HttpClient } from "../../../src/util/http/client.ts";
import { isUrl } from "../../../src/util/http/remote-url.ts";
import type { PipelineIo } from "../../io.ts";
import { describeGenome, type GenomeSummary, summariseGenome } from "../genome-summary.ts";
import { runDataVerify } from "../verify/run.ts";
import { expectConsent } from "./consent.ts";
import { fetchGenome } from "./fetch-genome.ts";
import type { FetchConfig } from "./options.ts";

export interface FetchSummary extends GenomeSummary {
  /** False when the file was there before. */
  readonly isFetched: boolean;
}

/**
 * Brings the file, unless it is there; then it is verified.
 *
 * @param client speaks to servers; without it one with the environment's proxies
 * @throws {ConfigError} when no genome has the name
 * @throws {FileError} when nobody agrees to the download, or no public file is known
 * @throws whatever `fetchGenome` throws
 */
export async function runDataFetch(
  { genome: asked, from, yes }: FetchConfig,
  io: PipelineIo,
  client?: HttpClient,
): Promise<FetchSummary> {
  const folders = dataFolders(process.env, homedir());
  const genome = findGenome(await readKnownGenomes(folders.searched), asked);
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
