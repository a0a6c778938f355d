/**
 * What is known of a genome before its file is read: where the file is, its hashes, and the names, lengths and MD5 of
 * its contigs. Facts about the outside world, so they live as JSON in `data/manifests/` and in the data folder.
 */

import type { AliasGroup } from "../../genome/contig-alias.ts";

/** What a contig is within its assembly; `alt`, `patch` and `decoy` repeat or fill what the primary contigs have. */
export const CONTIG_CLASSES = [
  "primary",
  "organelle",
  "plasmid",
  "unlocalized",
  "unplaced",
  "alt",
  "patch",
  "decoy",
] as const;
export type ContigClass = (typeof CONTIG_CLASSES)[number];

export interface ManifestContig {
  readonly name: string;
  /** Other names, by style: `ensembl`, `refseq`. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly class: ContigClass;
  readonly lengthBases: number;
  /** MD5 of the upper-case bases, as M5 in SAM headers, by flavour; flavours may share one. */
  readonly md5: ReadonlyMap<string, string>;
}

/** A file that holds the genome. */
export interface ManifestFile {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
  /** As its publisher lists it. */
  readonly md5?: string;
  /** The bases that the file has. */
  readonly flavour: string;
}

/** Names of whole contigs. */
export interface ManifestSplits {
  readonly train: readonly string[];
  readonly valid: readonly string[];
  readonly test: readonly string[];
}

export interface GenomeManifest {
  /** Of the assembly; also the name of its file in the data folder. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** One line: species, and what the assembly is. */
  readonly about: string;
  /** True of a genome that gdiff makes itself; it has no file. */
  readonly isBuiltIn: boolean;
  /** Absent where no public file is known. */
  readonly file?: ManifestFile;
  /** What is known of bases that go by the assembly's name, with a line on each. */
  readonly flavours: ReadonlyMap<string, string>;
  /** What pretraining takes where nothing else is said. */
  readonly splits?: ManifestSplits;
  /** Files of the genome may hold others too. */
  readonly contigs: readonly ManifestContig[];
  /** Classes of contigs that are not listed, by a name whose `*` stands for any letters; the first that fits counts. */
  readonly others: readonly { readonly names: string; readonly class: ContigClass }[];
}

/** The names of each contig as one group, for `resolveContig`. */
export function contigAliases(manifest: GenomeManifest): readonly AliasGroup[] {
  return manifest.contigs.map(({ name, aliases }) => [name, ...aliases.values()]);
}

/** Bases of the contigs that the manifest lists. */
export function manifestBases(manifest: GenomeManifest): number {
  return manifest.contigs.reduce((sum, { lengthBases }) => sum + lengthBases, 0);
}

/** Class of the contig of a name; undefined where the manifest does not say. */
export function contigClass(manifest: GenomeManifest, name: string): ContigClass | undefined {
  const listed = manifest.contigs.find(
    (contig) => contig.name === name || [...contig.aliases.values()].includes(name),
  );
  return listed?.class ?? manifest.others.find(({ names }) => fits(name, names))?.class;
}

/** Whether `name` is `pattern` with its one `*` replaced; two searches, no regular expression from a file. */
function fits(name: string, pattern: string): boolean {
  const [start = "", end] = pattern.split("*");
  if (end === undefined) return name === pattern;
  return name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
}
