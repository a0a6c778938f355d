/** `gdiff data list`: the genomes that gdiff knows by name, and where their files are. */

import { homedir } from "node:os";
import { manifestBases } from "../../../src/data/manifests/genome-manifest.ts";
import {
  type KnownGenome,
  readKnownGenomes,
} from "../../../src/data/manifests/node-known-genomes.ts";
import { type DataFolders, dataFolders } from "../../../src/data/store/data-folders.ts";
import { locateGenome } from "../../../src/data/store/locate-genome.ts";
import { rememberedVerdict, type Verdict } from "../../../src/data/store/remembered-verdict.ts";
import { formatCount } from "../../../src/util/format.ts";
import type { PipelineIo } from "../../io.ts";
import { formatTable } from "../text-table.ts";

export interface ListedGenome {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly about: string;
  /** Of the contigs that the manifest lists. */
  readonly contigs: number;
  readonly bases: number;
  /** Made by gdiff itself, without a file. */
  readonly isBuiltIn: boolean;
  /** The genome's file in the data folders; null when it is not there. */
  readonly path: string | null;
  /** What is remembered of the file; null where there is none. */
  readonly verdict: Verdict | null;
  /** Where it can be had; null where no public file is known. */
  readonly url: string | null;
  /** The manifest's file. */
  readonly manifest: string;
}

export interface ListSummary {
  /** Where genomes are looked for, in this order. */
  readonly searched: readonly string[];
  /** What takes downloads and records. */
  readonly written: string;
  readonly genomes: readonly ListedGenome[];
}

/** Prints a line a genome. */
export async function runDataList(io: Pick<PipelineIo, "stdout">): Promise<ListSummary> {
  const folders = dataFolders(process.env, homedir());
  const known = await readKnownGenomes(folders.searched);
  const genomes = await Promise.all(known.map((genome) => listedGenome(genome, folders)));
  await io.stdout(listPage(genomes));
  return { ...folders, genomes };
}

async function listedGenome(genome: KnownGenome, folders: DataFolders): Promise<ListedGenome> {
  const path = locateGenome(genome, folders);
  return {
    name: genome.name,
    aliases: genome.aliases,
    about: genome.about,
    contigs: genome.contigs.length,
    bases: manifestBases(genome),
    isBuiltIn: genome.isBuiltIn,
    path: path ?? null,
    verdict: path === undefined ? null : await rememberedVerdict(genome, path, folders),
    url: genome.file?.url ?? null,
    manifest: genome.manifest,
  };
}

/** The genomes as text, in columns. */
export function listPage(genomes: readonly ListedGenome[]): string {
  const rows = genomes.map((genome) => [
    genome.name,
    genome.aliases.join(", "),
    formatCount(genome.contigs),
    formatCount(genome.bases),
    genome.verdict ?? "",
    whereabouts(genome),
  ]);
  return formatTable(["name", "also", "contigs", "bases", "checked", "file"], rows, {
    right: [2, 3],
  });
}

function whereabouts({ isBuiltIn, path, url }: ListedGenome): string {
  if (isBuiltIn) return "built in";
  return path ?? (url === null ? "not here" : "not here; can be fetched");
}
