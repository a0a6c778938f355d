/**
 * What is known of a labelled benchmark set before its files are read: classes and counts, where the interval files
 * are, their digests, and whose bases they are. Facts about the outside world, so they live as JSON in
 * `data/manifests/genomic-benchmarks/`.
 */

import type { AliasGroup } from "../../genome/contig-alias.ts";

type BenchmarkSplit = "train" | "test";

export interface BenchmarkClass {
  readonly name: string;
  /** Intervals of the official splits. */
  readonly train: number;
  readonly test: number;
  /** Name of the reference whose bases the intervals are of. */
  readonly reference: string;
}

export interface BenchmarkReference {
  readonly name: string;
  /** Contigs of transcripts may have a version after their name: ENST00000371014.5. */
  readonly kind: "genome" | "transcripts";
  /** As the source names it. */
  readonly url: string;
  /** Names of genomes that have the same bases. */
  readonly genomes: readonly string[];
  readonly contigAliases: readonly AliasGroup[];
}

export interface BenchmarkFile {
  /** Below the source's folder. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface BenchmarkManifest {
  readonly name: string;
  readonly aliases: readonly string[];
  /** One line. */
  readonly about: string;
  readonly source: {
    readonly repository: string;
    readonly commit: string;
    /** Of the files, in the repository. */
    readonly folder: string;
    /** What the paths of the files are added to, after a slash; of https. */
    readonly url: string;
    readonly licence: string;
  };
  /** By name, by code unit. */
  readonly classes: readonly BenchmarkClass[];
  readonly lengthBases: { readonly least: number; readonly median: number; readonly most: number };
  readonly references: readonly BenchmarkReference[];
  readonly files: readonly BenchmarkFile[];
  /** `intervalsDigest` of each split. */
  readonly intervals: Readonly<Record<BenchmarkSplit, string>>;
  /** `sequencesDigest` of the splits whose sequences are known. */
  readonly sequences: Readonly<Partial<Record<BenchmarkSplit, string>>>;
}
