/** Files of known genomes in the data folders, found by the names that a genome goes by. */

import { statSync } from "node:fs";
import { join } from "node:path";
import { fileError } from "../../genome/node-file-source.ts";
import { errorCode } from "../../util/error-code.ts";
import type { GenomeManifest } from "../manifests/genome-manifest.ts";
import type { DataFolders } from "./data-folders.ts";

/** What a genome's file may be called after the genome's name. */
const ENDINGS = [".fa", ".fa.gz", ".2bit"] as const;

type Named = Pick<GenomeManifest, "name" | "aliases">;

/** Every path at which a genome's file is looked for, in order: `hg38.fa` and `GRCh38.fa.gz` are the same genome. */
export function genomePaths({ name, aliases }: Named, folders: DataFolders): readonly string[] {
  const files = [name, ...aliases].flatMap((known) => ENDINGS.map((ending) => known + ending));
  return folders.searched.flatMap((folder) => files.map((file) => join(folder, file)));
}

/** Path of a genome's file in the data folders; undefined when it is not there. */
export function locateGenome(genome: Named, folders: DataFolders): string | undefined {
  return genomePaths(genome, folders).find((path) => fileBytes(path) !== undefined);
}

/** Size of a regular file, undefined where there is none; what cannot be seen, in a folder that may not be looked into, is not there. */
export function fileBytes(path: string): number | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() ? stats.size : undefined;
  } catch (cause) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes(errorCode(cause) ?? "")) return undefined;
    throw fileError(path, cause);
  }
}

/** Path that a download of the genome gets. */
export function downloadPath({ name }: Named, folders: DataFolders): string {
  return join(folders.written, `${name}.fa.gz`);
}
