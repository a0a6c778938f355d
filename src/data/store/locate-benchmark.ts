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

/** A file with a reference's bases. */
export interface LocatedReference {
  readonly path: string;
  /** Whether a known genome says what is in it; else its name alone does. */
  readonly isKnown: boolean;
}

/**
 * Returns the file of a known genome that has the reference's bases, else a file that is called as the reference or such a
 * genome is (`WBcel235.fa.gz`); undefined when there is none.
 */
export function locateReference(
  { name, genomes }: Pick<BenchmarkReference, "name" | "genomes">,
  known: readonly GenomeManifest[],
  folders: DataFolders,
): LocatedReference | undefined {
  const wanted = new Set([name, ...genomes].map((one) => one.toLowerCase()));
  for (const genome of known) {
    const isMeant = [genome.name, ...genome.aliases].some((one) => wanted.has(one.toLowerCase()));
    const path = isMeant ? locateGenome(genome, folders) : undefined;
    if (path !== undefined) return { path, isKnown: true };
  }
  const path = locateGenome({ name, aliases: genomes }, folders);
  return path === undefined ? undefined : { path, isKnown: false };
}

function setFolder(dataFolder: string, name: string): string {
  return join(dataFolder, "genomic-benchmarks", name);
}
