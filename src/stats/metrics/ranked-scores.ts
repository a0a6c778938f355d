/** Scores in order, equal ones side by side: what AUROC and AUPRC walk along. */

export interface RankedScores {
  /** [sequences] places of the sequences, from the highest score to the lowest */
  readonly order: Uint32Array;
  /** [runs] where in `order` each run of equal scores ends */
  readonly runEnds: Uint32Array;
}

/** Ranks scores that are no NaN. */
export function rankScores(scores: Float64Array): RankedScores {
  const score = (place: number): number => scores[place] as number;
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => score(b) - score(a));
  const ends: number[] = [];
  for (let i = 1; i <= order.length; i++) {
    const isLast = i === order.length;
    if (isLast || score(order[i] as number) !== score(order[i - 1] as number)) ends.push(i);
  }
  return { order, runEnds: Uint32Array.from(ends) };
}

/** Calls `visit` for each run of equal scores, highest first, with the weight of its positives and negatives. */
export function walkRuns(
  ranked: RankedScores,
  isPositive: Uint8Array,
  weights: Float64Array,
  visit: (positives: number, negatives: number) => void,
): void {
  let i = 0;
  for (const end of ranked.runEnds) {
    let positives = 0;
    let negatives = 0;
    for (; i < end; i++) {
      const place = ranked.order[i] as number;
      const weight = weights[place] as number;
      if (isPositive[place] === 1) positives += weight;
      else negatives += weight;
    }
    visit(positives, negatives);
  }
}
