/** Interval files of labelled sets, and the genomes that they are of, in the data folders. */

import { join } from "node:path";
import type { BenchmarkManifest, BenchmarkReference } from "../manifests/benchmark-manifest.ts";
import type { GenomeManifest } from "../manifests/genome-manifest.ts";
import type { DataFolders } from "./data-folders.ts";
import { fileBytes, locateGenome } from "./locate-genome.ts";

type Named = Pick<BenchmarkManifest, "name">;

/** Folder of the first data folder that has every file of the set, of its size; undefined when none has. */
export function locateBenchmark(
  { name, files }: Pick<BenchmarkManifest, "name" | "files">,
  { searched }: Pick<DataFolders, "searched">,
): string | undefined {
  return searched
    .map((folder) => setFolder(folder, name))
    .find((folder) => files.every(({ path, bytes }) => fileBytes(join(folder, path)) === bytes));
}

/** Folder that a download of the set gets. */
export function benchmarkPath({ name }: Named, { written }: Pick<DataFolders, "written">): string {
  return setFolder(written, name);
}

/** Path of a genome's file that has the reference's bases; undefined when there is none, or gdiff knows no such genome. */
export function locateReference(
  { genomes }: Pick<BenchmarkReference, "genomes">,
  known: readonly GenomeManifest[],
  folders: DataFolders,
): string | undefined {
  const wanted = new Set(genomes.map((name) => name.toLowerCase()));
  for (const genome of known) {
    const isMeant = [genome.name, ...genome.aliases].some((name) => wanted.has(name.toLowerCase()));
    const path = isMeant ? locateGenome(genome, folders) : undefined;
    if (path !== undefined) return path;
  }
  return undefined;
}

function setFolder(dataFolder: string, name: string): string {
  return join(dataFolder, "genomic-benchmarks", name);
}
