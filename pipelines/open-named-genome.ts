/** A genome by `--genome` name, or by `--fasta` path or URL. */

import { homedir } from "node:os";
import { DEMO_SEED, demoGenome } from "../src/data/demo/demo-genome.ts";
import { aliasesForContigs, manifestMismatch } from "../src/data/manifests/match-contigs.ts";
import {
  findGenome,
  type KnownGenome,
  readKnownGenomes,
} from "../src/data/manifests/node-known-genomes.ts";
import type { Splits } from "../src/data/splits.ts";
import { dataFolders } from "../src/data/store/data-folders.ts";
import { locateGenome } from "../src/data/store/locate-genome.ts";
import { missingGenome } from "../src/data/store/missing-genome.ts";
import { ConfigError, FileError, RegionError } from "../src/errors.ts";
import type { AliasGroup } from "../src/genome/contig-alias.ts";
import { resolveContig } from "../src/genome/contig-alias.ts";
import type { Genome } from "../src/genome/genome.ts";
import type { Interval } from "../src/genome/interval.ts";
import { memoryGenome } from "../src/genome/memory-genome.ts";
import { openGenome } from "../src/genome/node-open-genome.ts";

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
 * @param notify told before something that takes long
 * @param signal ends requests to servers once it aborts
 * @throws {ConfigError} when neither is given, or no genome has the name
 * @throws {FileError} when the genome is not on this machine, with the command that brings it
 */
export async function openNamedGenome(
  source: { readonly genome?: string | undefined; readonly fasta?: string | undefined },
  notify: (line: string) => void,
  signal?: AbortSignal,
): Promise<NamedGenome> {
  const folders = dataFolders(process.env, homedir());
  const known = await readKnownGenomes(folders.searched);
  if (source.fasta !== undefined) return openFasta(source.fasta, known, notify, signal);
  if (source.genome === undefined)
    throw new ConfigError("expected --genome or --fasta, got neither");
  const manifest = findGenome(known, source.genome);
  if (manifest.isBuiltIn) return openBuiltIn(manifest);
  const path = locateGenome(manifest, folders);
  if (path === undefined) throw missingGenome(manifest, source.genome, folders);
  return openKnown(path, manifest, known, notify);
}

/** A contig goes by a known genome's other names where it has the length that the genome gives it. */
async function openFasta(
  pathOrUrl: string,
  known: readonly KnownGenome[],
  notify: (line: string) => void,
  signal?: AbortSignal,
): Promise<NamedGenome> {
  const opened = await openGenome(pathOrUrl, {
    notify,
    ...(signal === undefined ? {} : { signal }),
  });
  const aliases = known.flatMap((manifest) => aliasesForContigs(manifest, opened.genome.contigs));
  return { ...opened, aliases };
}

async function openKnown(
  path: string,
  manifest: KnownGenome,
  known: readonly KnownGenome[],
  notify: (line: string) => void,
): Promise<NamedGenome> {
  const opened = await openFasta(path, known, notify);
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
