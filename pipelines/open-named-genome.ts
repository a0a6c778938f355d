/** A genome by `--genome` name or `--fasta` path. */

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { DEMO_SEED, demoGenome } from "../src/data/demo/demo-genome.ts";
import { aliasesForContigs, manifestMismatch } from "../src/data/manifests/match-contigs.ts";
import { readManifest } from "../src/data/manifests/node-read-manifest.ts";
import type { Splits } from "../src/data/splits.ts";
import { ConfigError, FileError, RegionError } from "../src/errors.ts";
import type { AliasGroup } from "../src/genome/contig-alias.ts";
import { resolveContig } from "../src/genome/contig-alias.ts";
import type { Genome } from "../src/genome/genome.ts";
import type { Interval } from "../src/genome/interval.ts";
import { memoryGenome } from "../src/genome/memory-genome.ts";
import { openGenome } from "../src/genome/node-open-genome.ts";
import type { GenomeName } from "./pretrain/sections.ts";

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
 */
export async function openNamedGenome(
  source: { readonly genome?: GenomeName | undefined; readonly fasta?: string | undefined },
  notify: (line: string) => void,
): Promise<NamedGenome> {
  if (source.fasta !== undefined) return openFasta(source.fasta, notify);
  switch (source.genome) {
    case "demo": {
      const { contigs, splits } = demoGenome(DEMO_SEED);
      return { genome: memoryGenome("demo", contigs), aliases: [], splits, notices: [] };
    }
    case "hg38":
    case "GRCh38":
      return openHg38(notify);
    case undefined:
      throw new ConfigError("expected --genome or --fasta, got neither");
    default:
      return source.genome satisfies never;
  }
}

/** A contig goes by GRCh38's other names where it has the length that GRCh38 gives it. */
async function openFasta(path: string, notify: (line: string) => void): Promise<NamedGenome> {
  const { manifest } = await readManifest(ASSEMBLY);
  const opened = await openGenome(path, { notify });
  return { ...opened, aliases: aliasesForContigs(manifest, opened.genome.contigs) };
}

const ASSEMBLY = "GRCh38";
/** Held out of hg38: chr10 to choose by, chr8, chr20 and chr21 to read at the end; trained on: the other autosomes and X. */
const HG38_HELD_OUT = { valid: ["chr10"], test: ["chr8", "chr20", "chr21"] };
const HG38_CONTIGS = [...Array.from({ length: 22 }, (_, i) => `chr${i + 1}`), "chrX"];

async function openHg38(notify: (line: string) => void): Promise<NamedGenome> {
  const folder = dataFolder();
  const candidates = ["hg38.fa", "hg38.fa.gz"].map((name) => join(folder, name));
  const path = candidates.find((candidate) => existsSync(candidate));
  const { manifest } = await readManifest(ASSEMBLY);
  if (path === undefined) {
    throw new FileError(
      `genome hg38 is not on this machine (looked for ${candidates.join(" and ")}): run ` +
        `"mkdir -p ${folder} && curl -L ${manifest.file.url} | gunzip > ${candidates[0]}" and repeat the command, or give --fasta FILE`,
    );
  }
  const opened = await openFasta(path, notify);
  try {
    const mismatch = manifestMismatch(manifest, opened.genome.contigs);
    if (mismatch !== undefined) {
      throw new RegionError(
        `expected ${path} to be ${ASSEMBLY}, but ${mismatch} (give another assembly by --fasta)`,
      );
    }
    return { ...opened, splits: hg38Splits(opened) };
  } catch (error) {
    await opened.genome.close();
    throw error;
  }
}

function hg38Splits({ genome, aliases }: NamedGenome): Splits {
  const whole = (names: readonly string[]): Interval[] =>
    names.map((name) => {
      const contig = resolveContig(genome.contigs, name, aliases);
      return { contig: contig.name, start: 0, end: contig.length };
    });
  const heldOut = [...HG38_HELD_OUT.valid, ...HG38_HELD_OUT.test];
  return {
    train: whole(HG38_CONTIGS.filter((name) => !heldOut.includes(name))),
    valid: whole(HG38_HELD_OUT.valid),
    test: whole(HG38_HELD_OUT.test),
  };
}

/** Where genomes live: $GDIFF_DATA, else gdiff's folder in the user's cache. */
function dataFolder(): string {
  const { GDIFF_DATA, XDG_CACHE_HOME } = process.env;
  return GDIFF_DATA || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "gdiff"); // set but empty is not set
}
