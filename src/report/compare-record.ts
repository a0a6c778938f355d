/** The record of a comparison: everything that its page, its table and its JSON say, as plain values. In JSON what is undefined is left out. */

import type { MeasureName } from "../compare/figure.ts";
import type { MotifFacts } from "../compare/motifs/compare-motifs.ts";
import type { JudgedMeasure } from "../compare/standing.ts";
import type { Provenance } from "./provenance.ts";

export interface CompareRecord {
  readonly schema: 1;
  readonly provenance: Provenance;
  readonly sets: {
    readonly generated: SetFacts;
    /** Cut into two halves that share nothing: what both others are compared with, and real DNA in the generated's place. */
    readonly reference: SetFacts;
  };
  readonly train: TrainFacts | undefined;
  /** The run whose embeddings are compared. */
  readonly embedding: EmbeddingFacts | undefined;
  /** Sequences of each of the three samples that are compared. */
  readonly sequences: number;
  readonly seed: number;
  readonly replicates: number;
  /** In the order of the report. */
  readonly measures: readonly JudgedMeasure[];
  /** Measures that there are no numbers of, and why. */
  readonly absent: readonly AbsentMeasure[];
  /** Of the details of the motifs, in their order. */
  readonly motifs: readonly MotifFacts[];
  /** Of the generated, the longest first. */
  readonly longestMatches: readonly LongestMatch[];
  /** What makes numbers mean less than they seem to, a sentence each. */
  readonly notes: readonly string[];
}

export interface SetFacts {
  /** The file. */
  readonly name: string;
  /** What FASTA says of the first sequence behind its name. */
  readonly description?: string;
  readonly sequences: number;
  readonly bases: number;
  /** Bases that are N. */
  readonly unknown: number;
  /** Lengths, in bases. */
  readonly shortest: number;
  readonly median: number;
  readonly longest: number;
}

export interface TrainFacts {
  readonly name: string;
  readonly contigs: number;
  /** A, C, G and T. */
  readonly bases: number;
}

export interface EmbeddingFacts {
  readonly run: string;
  readonly step: number;
  readonly checkpointSha256: string;
  /** Numbers of an embedding. */
  readonly width: number;
  readonly sequences: number;
}

export interface AbsentMeasure {
  readonly measure: MeasureName;
  readonly reason: string;
}

export interface LongestMatch {
  readonly name: string;
  /** Bases of the sequence, and of its longest match to the training set. */
  readonly length: number;
  readonly match: number;
}
