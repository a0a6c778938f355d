/** The genomes that gdiff knows by name: manifests of the package, and those that users added to a data folder. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError, FileError } from "../../errors.ts";
import { fileError, openFileSource } from "../../genome/node-file-source.ts";
import { errorCode } from "../../util/error-code.ts";
import { formatBytes } from "../../util/format.ts";
import { nearestName } from "../../util/nearest-name.ts";
import { packageRoot } from "../../util/package-root.ts";
import type { GenomeManifest } from "./genome-manifest.ts";
import { MAX_MANIFEST_BYTES, parseGenomeManifest } from "./parse-genome-manifest.ts";

export interface KnownGenome extends GenomeManifest {
  /** The manifest's file. */
  readonly manifest: string;
}

/** Folder of users' manifests inside a data folder. */
export function manifestFolder(dataFolder: string): string {
  return join(dataFolder, "manifests");
}

/**
 * Reads every manifest: the package's, then those of each data folder.
 *
 * @throws {FileError} when one is malformed, or two give one name to two genomes
 */
export async function readKnownGenomes(
  dataFolders: readonly string[] = [],
): Promise<readonly KnownGenome[]> {
  const folders = [
    join(packageRoot(), "data", "manifests"),
    ...dataFolders.map((folder) => manifestFolder(folder)),
  ];
  const paths = (await Promise.all(folders.map(jsonFiles))).flat();
  const known: KnownGenome[] = [];
  for (const path of paths) {
    const manifest = { ...(await readManifestFile(path)), manifest: path };
    const clash = nameClash(manifest, known);
    if (clash !== undefined) {
      throw new FileError(`${path}: ${clash} (remove one of the two, or rename it)`);
    }
    known.push(manifest);
  }
  return known;
}

/** Reads one manifest. @throws {FileError} when it is missing, too long or malformed */
export async function readManifestFile(path: string): Promise<GenomeManifest> {
  const source = openFileSource(path);
  await source.close();
  if (source.size > MAX_MANIFEST_BYTES) {
    throw new FileError(
      `${path}: expected a manifest of at most ${formatBytes(MAX_MANIFEST_BYTES)}, got ${formatBytes(source.size)}`,
    );
  }
  return parseGenomeManifest(await readFile(path, "utf8"), path);
}

/** Half a sentence on the name that `manifest` shares with one of `known`; undefined when there is none. */
export function nameClash(
  { name, aliases }: GenomeManifest,
  known: readonly KnownGenome[],
): string | undefined {
  for (const own of [name, ...aliases]) {
    const other = known.find((genome) => hasName(genome, own));
    if (other !== undefined) {
      return `expected names that no other genome has, but "${own}" is ${other.name} of ${other.manifest}`;
    }
  }
  return undefined;
}

/**
 * Returns the genome of a name or alias, in any case.
 *
 * @param expected what the message says was expected
 * @throws {ConfigError} when there is none, with the name that was probably meant
 */
export function findGenome(
  known: readonly KnownGenome[],
  name: string,
  expected = "the name of a genome",
): KnownGenome {
  const found = known.find((genome) => hasName(genome, name));
  if (found !== undefined) return found;
  const names = known.flatMap((genome) => [...genome.aliases, genome.name]);
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? "" : ` (${nearest}?)`;
  throw new ConfigError(
    `expected ${expected}: ${names.join(", ")}${hint}, got "${name}" (gdiff data list shows them, gdiff data add takes another)`,
  );
}

function hasName({ name, aliases }: GenomeManifest, wanted: string): boolean {
  return [name, ...aliases].some((own) => own.toLowerCase() === wanted.toLowerCase());
}

/** Paths of the .json files in a folder, sorted; none where there is no folder. */
async function jsonFiles(folder: string): Promise<readonly string[]> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
    return names.sort().map((name) => join(folder, name));
  } catch (cause) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes(errorCode(cause) ?? "")) return [];
    throw fileError(folder, cause);
  }
}
