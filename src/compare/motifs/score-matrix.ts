/**
 * A motif as scores, and the score from which on a place counts as a hit: by the exact distribution of scores over words of
 * independent bases (Staden, CABIOS 5, 1989; Grant, Bailey and Noble, Bioinformatics 27, 2011).
 */

import type { Motif } from "./motif.ts";

/** Scores are whole hundredths of a bit above the lowest of their column, so that their distribution is exact. */
const UNITS_A_BIT = 100;
/** Sites of the background that are added to each column. */
const PSEUDO_SITES = 0.1;

export interface ScoreMatrix {
  readonly width: number;
  /** [width, 4], 0 or more */
  readonly scores: Int32Array;
  /** Words of this score and above are hits. */
  readonly threshold: number;
  /** Probability of a hit in a word of the background. */
  readonly pValue: number;
}

/**
 * Scores are log-odds, log2 p / background, of a matrix with a tenth of a site of background added. The threshold is the
 * lowest score that a word of the background reaches with a probability of at most `mostPValue`; where even the best word is
 * likelier than that, as in short motifs, the best score.
 *
 * @param background [4], none 0
 */
export function scoreMatrix(
  motif: Motif,
  background: Float64Array,
  mostPValue: number,
): ScoreMatrix {
  const { probabilities, sites } = motif;
  const width = probabilities.length / 4;
  const scores = new Int32Array(4 * width);
  for (let column = 0; column < width; column++) {
    const bits = Array.from(background, (q, base) => {
      const p = probabilities[4 * column + base] as number;
      return Math.log2((sites * p + PSEUDO_SITES * q) / (sites + PSEUDO_SITES) / q);
    });
    const lowest = Math.min(...bits);
    for (const [base, value] of bits.entries()) {
      scores[4 * column + base] = Math.round(UNITS_A_BIT * (value - lowest));
    }
  }
  const law = scoreLaw(scores, background);
  let threshold = law.length - 1;
  let pValue = law[threshold] as number;
  for (let score = threshold - 1; score >= 0; score--) {
    const p = law[score] as number;
    if (p === 0) continue;
    if (pValue + p > mostPValue) break;
    pValue += p;
    threshold = score;
  }
  return { width, scores, threshold, pValue };
}

/** Probability of each score of a word whose bases are independent; [highest score + 1]. */
export function scoreLaw(scores: Int32Array, background: Float64Array): Float64Array {
  let law = Float64Array.of(1);
  for (let column = 0; column < scores.length; column += 4) {
    const here = scores.subarray(column, column + 4);
    const longer = new Float64Array(law.length + Math.max(...here));
    for (const [base, score] of here.entries()) {
      const q = background[base] as number;
      for (let before = 0; before < law.length; before++) {
        const at = before + score;
        longer[at] = (longer[at] as number) + q * (law[before] as number);
      }
    }
    law = longer;
  }
  return law;
}

/** The same motif on the other strand. */
export function reversedScores(scores: Int32Array): Int32Array {
  return scores.slice().reverse(); // columns and, as A0 C1 G2 T3 lie, bases with their complements
}
