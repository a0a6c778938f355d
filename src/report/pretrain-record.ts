/** The record of a pretraining run: what its page says, as plain values. All bits are per base of A, C, G, T. */

import type { LikelihoodEstimator } from "../diffusion/likelihood-estimator.ts";
import type { Provenance } from "./provenance.ts";

export interface PretrainRecord {
  readonly schema: 1;
  readonly provenance: Provenance;
  /** The run's folder or name. */
  readonly run: string;
  /** What was learnt: `mdlm`. */
  readonly objective: string;
  /** Updates made, and how many were planned. */
  readonly step: number;
  readonly plannedSteps: number;
  readonly parameters: number;
  /** Bases of a window, and windows of a step. */
  readonly windowBases: number;
  readonly windowsPerStep: number;
  readonly checkpointSha256: string;
  /** What computed the training, in words; undefined where the checkpoint does not say. */
  readonly arithmetic: string | undefined;
  /** In the order of steps. */
  readonly curve: readonly PretrainPoint[];
  readonly evaluation: PretrainEvaluation | undefined;
  readonly samples: GeneratedSamples | undefined;
}

/** What a step left in `metrics.jsonl`; undefined is not known. */
export interface PretrainPoint {
  readonly step: number;
  readonly lossBits: number | undefined;
  readonly learningRate: number | undefined;
  readonly gradientNorm: number | undefined;
  /** Of steps after which there was a validation. */
  readonly validBits: number | undefined;
  readonly validStandardError: number | undefined;
}

/** A part of what `gdiff evaluate --json` prints. */
export interface PretrainEvaluation {
  /** The split or the regions that were scored. */
  readonly what: string;
  readonly step: number;
  readonly likelihood: LikelihoodEstimator["kind"];
  readonly strand: LikelihoodEstimator["strand"];
  /** Steps of the process whose bound it is; absent where time is continuous or there is none. */
  readonly timeSteps?: number;
  /** What has to be known of the number of a run that was trained for something else. */
  readonly caveat?: string;
  readonly draws: number;
  readonly seed: number;
  readonly scores: PretrainScores;
}

export interface PretrainScores {
  /** The model itself, or an upper bound of it. */
  readonly model: ScoredBits;
  readonly softMasked?: ScoredBits;
  readonly notSoftMasked?: ScoredBits;
  /** By tenths of the mask rate, lowest first, those that have draws. */
  readonly byMaskRate: readonly MaskRateScore[];
  readonly baselines: readonly BaselineScore[];
  /** Those that have a base. */
  readonly windows: number;
}

/** Bits per base with their error over windows. */
export interface ScoredBits {
  readonly bits: number;
  /** Over windows; absent with fewer than two. */
  readonly standardError?: number;
  readonly bases: number;
}

/** Bits a masked base, where a share in (from, to] of a window's bases is masked. */
export interface MaskRateScore extends ScoredBits {
  readonly from: number;
  readonly to: number;
  readonly draws: number;
}

export interface BaselineScore extends ScoredBits {
  readonly name: string;
  /** Paired, window by window; negative where the model is better. */
  readonly modelMinusBaseline: ScoredBits;
}

export interface GeneratedSamples {
  readonly method: string;
  readonly temperature: number;
  readonly seed: number;
  readonly sequences: readonly GeneratedSample[];
}

export interface GeneratedSample {
  readonly id: string;
  /** Letters, whole. */
  readonly sequence: string;
}
