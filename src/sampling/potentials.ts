/** Potentials of finished rows for sequential Monte Carlo: scores of k-mers, and the best place of a matrix. */

import { BASE_COUNT, isBase } from "../tokens/alphabet.ts";
import { type PositionMatrix, smoothedProbabilities } from "./position-matrix.ts";
import type { Potential } from "./sequential-monte-carlo.ts";

/** Scores of words of one length. */
export interface KmerScores {
  /** Bases of a word. */
  readonly k: number;
  /** [4^k] by the word's number in base 4, A0 C1 G2 T3, the first base the most significant */
  readonly scores: Float64Array;
}

/** The sum of the scores of all words of a row on its own strand, times `weight`; words with N count nothing. */
export function kmerPotential({ k, scores }: KmerScores, weight: number): Potential {
  const words = scores.length;
  return (ids) => {
    let sum = 0;
    let word = 0;
    let run = 0;
    for (const id of ids) {
      run = isBase(id) ? run + 1 : 0;
      word = (word * BASE_COUNT + (isBase(id) ? id : 0)) % words;
      if (run >= k) sum += scores[word] as number;
    }
    return weight * sum;
  };
}

/**
 * The best log-odds, nats, that a matrix has against even bases at any place on either strand, times `weight`; 0 where the
 * row is too short.
 */
export function matrixPotential(matrix: PositionMatrix, weight: number): Potential {
  const forward = smoothedProbabilities(matrix).map((p) => Math.log(BASE_COUNT * p));
  const reverse = forward.slice().reverse(); // places and, as A0 C1 G2 T3 lie, bases with their complements
  const width = forward.length / BASE_COUNT;
  return (ids) => {
    let best = -Infinity;
    for (let start = 0; start + width <= ids.length; start++) {
      for (const scores of [forward, reverse]) {
        let score = 0;
        for (let i = 0; i < width; i++) {
          const id = ids[start + i] as number;
          score += isBase(id) ? (scores[i * BASE_COUNT + id] as number) : -Infinity;
        }
        best = Math.max(best, score);
      }
    }
    return best === -Infinity ? 0 : weight * best;
  };
}
