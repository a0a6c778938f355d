/** Scores of a window under a context model, read from left to right. */

import type { BaseModel } from "./base-model.ts";
import { RollingContext } from "./rolling-context.ts";

/** One element a position of the window. */
export interface BaseScores {
  /** −ln p of the base given those on its left; 0 where it is not scored */
  readonly nats: Float64Array;
  /** 1 where the id is A, C, G or T, else 0 */
  readonly isScored: Uint8Array;
}

/** A sum over scored bases. */
export interface ScoreSum {
  readonly nats: number;
  readonly scoredBases: number;
}

/**
 * Scores each base of a window of token ids; N is not scored and breaks the context.
 *
 * @param leftContext the bases right before the window on its contig, as many as are known; more than the model's
 *   order change nothing
 */
export function scoreBases(
  model: BaseModel,
  window: Uint8Array,
  leftContext: Uint8Array = new Uint8Array(0),
): BaseScores {
  const context = new RollingContext(model.maxOrder);
  for (const id of leftContext) context.push(id);
  const nats = new Float64Array(window.length);
  const isScored = new Uint8Array(window.length);
  for (let i = 0; i < window.length; i++) {
    if (!context.push(window[i] as number)) continue;
    nats[i] = -Math.log(model.probability(context.kmer, context.order));
    isScored[i] = 1;
  }
  return { nats, isScored };
}

/** Sums the scores of a window, in nats, and counts its scored bases. */
export function sumScores(scores: BaseScores): ScoreSum {
  let nats = 0;
  let scoredBases = 0;
  for (let i = 0; i < scores.nats.length; i++) {
    nats += scores.nats[i] as number;
    scoredBases += scores.isScored[i] as number;
  }
  return { nats, scoredBases };
}
