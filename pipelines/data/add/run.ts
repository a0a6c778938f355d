/** `gdiff data add`: a user's manifest is taken into the data folder, and its genome is known by name from then on. */

import { mkdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { manifestBases } from "../../../src/data/manifests/genome-manifest.ts";
import {
  manifestFolder,
  nameClash,
  readKnownGenomes,
  readManifestFile,
} from "../../../src/data/manifests/node-known-genomes.ts";
import { dataFolders } from "../../../src/data/store/data-folders.ts";
import { locateGenome } from "../../../src/data/store/locate-genome.ts";
import { FileError } from "../../../src/errors.ts";
import { writeFileAtomic } from "../../../src/util/atomic-file.ts";
import { fileWriteError } from "../../../src/util/file-write-error.ts";
import { formatNumberOf, formatOneLine } from "../../../src/util/format.ts";
import type { PipelineIo } from "../../io.ts";
import type { AddConfig } from "./options.ts";

export interface AddSummary {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly contigs: number;
  readonly bases: number;
  /** Where the manifest lies now. */
  readonly manifest: string;
  /** The genome's file, where it is there already. */
  readonly path: string | null;
}

/**
 * Takes the manifest in.
 *
 * @throws {FileError} when it is malformed, claims to be built in, or takes a name that another genome has
 */
export async function runDataAdd(
  { manifest: from }: AddConfig,
  io: Pick<PipelineIo, "stdout">,
): Promise<AddSummary> {
  const folders = dataFolders(process.env, homedir());
  const genome = await readManifestFile(from);
  if (genome.isBuiltIn) {
    throw new FileError(`${from}: expected a genome of your own, got one that is built in`);
  }
  const clash = nameClash(genome, await readKnownGenomes(folders.searched));
  if (clash !== undefined) throw new FileError(`${from}: ${clash}`);
  const folder = manifestFolder(folders.written);
  const to = join(folder, `${genome.name}.json`);
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw fileWriteError(to, cause);
  }
  await writeFileAtomic(to, await readFile(from));
  const summary = {
    name: genome.name,
    aliases: genome.aliases,
    contigs: genome.contigs.length,
    bases: manifestBases(genome),
    manifest: to,
    path: locateGenome(genome, folders) ?? null,
  };
  const what = `${formatNumberOf(summary.contigs, "contig")} of ${formatNumberOf(summary.bases, "base")}`;
  await io.stdout(`${formatOneLine(`added ${genome.name}: ${what}; kept as ${to}`)}\n`);
  return summary;
}
