/** What a verb's GENOME means: a known genome's file in the data folders, or a path. */

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import type { Option } from "../../src/config/option-table.ts";
import { text } from "../../src/config/value-types.ts";
import {
  findGenome,
  type KnownGenome,
  readKnownGenomes,
} from "../../src/data/manifests/node-known-genomes.ts";
import { type DataFolders, dataFolders } from "../../src/data/store/data-folders.ts";
import { locateGenome } from "../../src/data/store/locate-genome.ts";
import { builtInGenome, missingGenome } from "../../src/data/store/missing-genome.ts";
import { FileError } from "../../src/errors.ts";
import { isUrl } from "../../src/util/http/remote-url.ts";

export interface DataTarget {
  readonly path: string;
  /** The genome that the file is said to be; absent where a path was given. */
  readonly claimed?: KnownGenome;
  readonly known: readonly KnownGenome[];
  readonly folders: DataFolders;
}

export const targetOption: Option<string> = {
  type: text("GENOME"),
  required: "GENOME, a known name or a FASTA file",
  help: "a name that gdiff data list shows, or a FASTA file",
};

/**
 * Finds the file. A name goes before a file that is called the same; `./lambda` is always a file.
 *
 * @throws {FileError} when the genome is not on this machine, or is built in and has no file
 * @throws {ConfigError} when there is neither such a genome nor such a file
 */
export async function findTarget(nameOrFile: string): Promise<DataTarget> {
  const folders = dataFolders(process.env, homedir());
  const known = await readKnownGenomes(folders.searched);
  if (isUrl(nameOrFile)) {
    throw new FileError(
      `expected a file on this machine, got ${nameOrFile}: download it, and give its path`,
    );
  }
  const isPath = /[/\\]/.test(nameOrFile);
  const names = known.flatMap(({ name, aliases }) =>
    [name, ...aliases].map((one) => one.toLowerCase()),
  );
  if (isPath || (existsSync(nameOrFile) && !names.includes(nameOrFile.toLowerCase()))) {
    return { path: nameOrFile, known, folders };
  }
  const claimed = findGenome(known, nameOrFile, "a file that is there, or the name of a genome");
  if (claimed.isBuiltIn) throw builtInGenome(claimed.name);
  const path = locateGenome(claimed, folders);
  if (path === undefined) {
    throw missingGenome(claimed, nameOrFile, folders, "give the path of a file");
  }
  return { path, claimed, known, folders };
}
