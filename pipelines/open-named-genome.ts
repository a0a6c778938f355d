/** A genome by `--genome` name, or by `--fasta` path or URL. */

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { DEMO_SEED, demoGenome } from "../src/data/demo/demo-genome.ts";
import { manifestBases } from "../src/data/manifests/genome-manifest.ts";
import { manifestMismatch } from "../src/data/manifests/match-contigs.ts";
import {
  findGenome,
  type KnownGenome,
  readKnownGenomes,
} from "../src/data/manifests/node-known-genomes.ts";
import type { Splits } from "../src/data/splits.ts";
import { type DataFolders, dataFolders } from "../src/data/store/data-folders.ts";
import { locateGenome } from "../src/data/store/locate-genome.ts";
import { missingGenome } from "../src/data/store/missing-genome.ts";
import { ownStem } from "../src/data/store/record-store.ts";
import { sniffFormat } from "../src/data/store/scan-genome-file.ts";
import { ConfigError, FileError, RegionError } from "../src/errors.ts";
import type { AliasGroup } from "../src/genome/contig-alias.ts";
import { resolveContig } from "../src/genome/contig-alias.ts";
import type { Genome } from "../src/genome/genome.ts";
import type { Interval } from "../src/genome/interval.ts";
import { MAX_BASES_IN_MEMORY } from "../src/genome/load-genome.ts";
import { memoryGenome } from "../src/genome/memory-genome.ts";
import { openGenome } from "../src/genome/node-open-genome.ts";
import { isUrl } from "../src/util/http/remote-url.ts";
import type { PipelineIo } from "./io.ts";
import { contigsByLength, knownContigs } from "./known-contigs.ts";

/** What opening a genome touches of the outside. */
export type OpenIo = Pick<PipelineIo, "stderr" | "progress" | "signal" | "ask">;

export interface NamedGenome {
  readonly genome: Genome;
  readonly aliases: readonly AliasGroup[];
  /** The genome's own splits, where it has some. */
  readonly splits?: Splits;
  readonly notices: readonly string[];
}

/**
 * Opens the genome that one of the two names; the caller closes it.
 *
 * @param io told before something that takes long, and asked for a genome that is not on this machine
 * @throws {ConfigError} when neither is given, or no genome has the name
 * @throws {FileError} when the genome is not here and is not to be downloaded, with the command that brings it
 * @throws whatever `fetchGenome` throws
 */
export async function openNamedGenome(
  source: { readonly genome?: string | undefined; readonly fasta?: string | undefined },
  io: OpenIo,
): Promise<NamedGenome> {
  const folders = dataFolders(process.env, homedir());
  const known = await readKnownGenomes(folders.searched);
  const knowledge = { known, folders };
  if (source.fasta !== undefined) return openFasta(source.fasta, knowledge, io);
  if (source.genome === undefined)
    throw new ConfigError("expected --genome or --fasta, got neither");
  const manifest = findGenome(known, source.genome);
  if (manifest.isBuiltIn) return openBuiltIn(manifest);
  const path =
    locateGenome(manifest, folders) ?? (await bring(manifest, source.genome, folders, io));
  return openKnown(path, manifest, knowledge, io);
}

/** Brings a genome whose file is missing when somebody agrees to it. */
async function bring(
  manifest: KnownGenome,
  asked: string,
  folders: DataFolders,
  io: OpenIo,
): Promise<string> {
  const { file } = manifest;
  if (file === undefined || io.ask === undefined) {
    throw missingGenome(manifest, asked, folders, "give --fasta FILE");
  }
  const { expectConsent } = await import("./data/fetch/consent.ts");
  await expectConsent(manifest, asked, file.url, folders, io);
  const { fetchGenome } = await import("./data/fetch/fetch-genome.ts"); // its libraries take a while to load
  return (await fetchGenome(manifest, file.url, folders, io)).path;
}

/** The manifests that there are, and where files and their records lie. */
interface Knowledge {
  readonly known: readonly KnownGenome[];
  readonly folders: DataFolders;
}

async function openFasta(
  pathOrUrl: string,
  { known, folders }: Knowledge,
  { stderr, signal }: OpenIo,
  claimed?: KnownGenome,
): Promise<NamedGenome> {
  const options = { notify: stderr, signal };
  if (isUrl(pathOrUrl)) {
    const opened = await openGenome(pathOrUrl, options);
    return { ...opened, aliases: contigsByLength(opened.genome.contigs, known) };
  }
  const indexStem = existsSync(pathOrUrl) ? ownStem(pathOrUrl, folders) : undefined;
  const opened = await openGenome(pathOrUrl, { ...options, indexStem });
  const { contigs } = opened.genome;
  const { aliases, notices } = await knownContigs(pathOrUrl, contigs, known, folders, claimed);
  return { ...opened, aliases, notices: [...opened.notices, ...notices] };
}

async function openKnown(
  path: string,
  manifest: KnownGenome,
  knowledge: Knowledge,
  io: OpenIo,
): Promise<NamedGenome> {
  await expectReadableInParts(path, manifest);
  const opened = await openFasta(path, knowledge, io, manifest);
  try {
    const mismatch = manifestMismatch(manifest, opened.genome.contigs);
    if (mismatch !== undefined) {
      throw new RegionError(
        `expected ${path} to be ${manifest.name}, but ${mismatch} (give another assembly by --fasta)`,
      );
    }
    return { ...opened, ...wholeContigs(manifest, opened) };
  } catch (error) {
    await opened.genome.close();
    throw error;
  }
}

/** @throws {FileError} when the file is plain gzip of more bases than memory is asked to hold */
async function expectReadableInParts(path: string, manifest: KnownGenome): Promise<void> {
  if (manifestBases(manifest) <= MAX_BASES_IN_MEMORY || (await sniffFormat(path)) !== "gzip")
    return;
  throw new FileError(
    `${path}: plain gzip of this size cannot be read in parts: "gdiff data index ${manifest.name}" makes it bgzip, once`,
  );
}

function openBuiltIn({ name, manifest }: KnownGenome): NamedGenome {
  if (name !== "demo") {
    throw new FileError(`${manifest}: expected demo, the one genome that is built in, got ${name}`);
  }
  const { contigs, splits } = demoGenome(DEMO_SEED);
  return { genome: memoryGenome(name, contigs), aliases: [], splits, notices: [] };
}

/** The manifest's splits as intervals of the file's contigs. */
function wholeContigs(
  { splits }: KnownGenome,
  { genome, aliases }: NamedGenome,
): { readonly splits?: Splits } {
  if (splits === undefined) return {};
  const whole = (names: readonly string[]): Interval[] =>
    names.map((name) => {
      const contig = resolveContig(genome.contigs, name, aliases);
      return { contig: contig.name, start: 0, end: contig.length };
    });
  return {
    splits: { train: whole(splits.train), valid: whole(splits.valid), test: whole(splits.test) },
  };
}
