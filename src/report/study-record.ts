/**
 * The record of a study of objectives: everything that its page, its Markdown, its tables and its JSON say, as plain values. In JSON a
 * number that is undefined is left out. All bits are per base of A, C, G, T.
 */

import type { LikelihoodEstimator } from "../diffusion/likelihood-estimator.ts";
import type { BitsDifference, BitsOverSeeds } from "../score/bits-over-seeds.ts";
import type { Provenance } from "./provenance.ts";

export interface StudyRecord {
  readonly schema: 1;
  readonly provenance: Provenance;
  readonly design: StudyDesign;
  /** From the fewest bits per base to the most; an arm of which no trial ended is not among them. */
  readonly arms: readonly ArmReport[];
  /** Models without a network on the same windows, from the fewest bits per base to the most. */
  readonly baselines: readonly BaselineBits[];
  /** What stands beside generated sequences: real ones first, then those of models without a network. */
  readonly references: readonly KmerReference[];
  /** Every two arms once. */
  readonly differences: readonly ArmDifference[];
  readonly failures: readonly FailedStudyTrial[];
}

/** What all trials share. */
export interface StudyDesign {
  /** Bases that were asked for, of each trial. */
  readonly tokens: number;
  readonly seeds: number;
  /** The same of all arms, but for what one has of its own. */
  readonly network: { readonly layers: number; readonly width: number; readonly heads: number };
  /** Bases of a window. */
  readonly windowBases: number;
  readonly test: {
    /** The regions, in words. */
    readonly what: string;
    readonly windows: number;
    readonly bases: number;
    /** Monte Carlo draws a window, of bounds. */
    readonly draws: number;
  };
  /** Sequences that each trial generated, and of them those that were compared with as many real ones. */
  readonly generated: number;
  readonly compared: number;
  /** That all intervals of differences hold, together. */
  readonly confidence: number;
}

export interface ArmReport {
  /** `mlm@0.25+mdlm`. */
  readonly name: string;
  readonly stages: readonly StageFacts[];
  /** Whether the bits per base are −log p itself, or a bound above it. */
  readonly kind: LikelihoodEstimator["kind"];
  /** Which strand is scored. */
  readonly strand: LikelihoodEstimator["strand"];
  readonly parameters: number;
  /** Bases that a trial was trained on, in all its stages. */
  readonly tokens: number;
  readonly bits: BitsOverSeeds;
  /** Mean over seeds. */
  readonly tokensPerSecond: number | undefined;
  /** By calls, fewest first. */
  readonly samples: readonly ArmSamples[];
  /** In the order of seeds. */
  readonly trials: readonly TrialReport[];
}

export interface StageFacts {
  readonly objective: string;
  readonly steps: number;
  readonly tokens: number;
  /** Settings of training that only some arms have: `train.lr 0.002`. */
  readonly own: readonly string[];
}

export interface TrialReport {
  readonly seed: number;
  readonly bits: number;
  /** Over windows, as if each were on its own; undefined for one. */
  readonly standardError: number | undefined;
  readonly tokensPerSecond: number | undefined;
  readonly curve: readonly CurvePoint[];
  readonly samples: readonly TrialSamples[];
  /** Run folder of the last stage, from the study's folder. */
  readonly run: string;
  readonly checkpointSha256: string;
}

/** A validation during training. */
export interface CurvePoint {
  /** Bases that were trained on before, in all stages. */
  readonly tokens: number;
  readonly bits: number;
  readonly standardError: number | undefined;
  /** Number of the stage, from 0. */
  readonly stage: number;
}

export interface TrialSamples {
  readonly calls: number;
  readonly method: string;
  /** Jensen–Shannon divergence from real sequences, bits, for k = 1 … 6 */
  readonly divergences: readonly number[];
}

/** Means over seeds. */
export interface ArmSamples {
  /** Network evaluations a sequence. */
  readonly calls: number;
  readonly method: string;
  readonly divergences: readonly KmerDivergence[];
}

export interface KmerDivergence {
  readonly k: number;
  readonly bits: number;
  /** Over seeds; undefined for one. */
  readonly standardError: number | undefined;
}

export interface KmerReference {
  readonly name: string;
  readonly divergences: readonly KmerDivergence[];
}

export interface BaselineBits {
  readonly name: string;
  readonly bits: number;
  readonly standardError: number | undefined;
}

/** The bits per base of `more` less those of `less`, which has fewer. */
export interface ArmDifference extends BitsDifference {
  readonly less: string;
  readonly more: string;
}

export interface FailedStudyTrial {
  readonly arm: string;
  readonly seed: number;
  readonly reason: string;
  /** From the study's folder. */
  readonly folder: string;
}
