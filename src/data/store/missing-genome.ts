/** What to do about a genome whose file is not on this machine, or that needs none. */

import { FileError } from "../../errors.ts";
import { formatBytes } from "../../util/format.ts";
import type { GenomeManifest } from "../manifests/genome-manifest.ts";
import type { DataFolders } from "./data-folders.ts";
import { downloadPath } from "./locate-genome.ts";

/**
 * Returns the failure, with the command that brings the file.
 *
 * @param asked the name by which the genome was asked for
 * @param otherwise what else the user can do: "give --fasta FILE"
 */
export function missingGenome(
  manifest: GenomeManifest,
  asked: string,
  folders: DataFolders,
  otherwise: string,
): FileError {
  const looked = `genome ${asked} is not on this machine (looked in ${folders.searched.join(" and ")})`;
  const { file } = manifest;
  if (file === undefined) {
    const path = downloadPath(manifest, folders);
    return new FileError(
      `${looked}, and no public file of it is known: put it there as ${path}, or ${otherwise}`,
    );
  }
  return new FileError(
    `${looked}: "gdiff data fetch ${asked} --yes" brings it (${formatBytes(file.bytes)} into ${folders.written}), or ${otherwise}`,
  );
}

/** The failure of what needs a genome's file, asked of a genome that has none. */
export function builtInGenome(name: string): FileError {
  return new FileError(
    `expected a genome with a file, got ${name}, which is built in (--genome ${name} needs nothing fetched, verified or indexed)`,
  );
}
