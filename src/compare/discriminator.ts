/**
 * Whether a classifier tells a set from the reference: logistic regression of 6-mer counts, fitted on three fifths of both, its
 * penalty chosen on the fourth, and asked about the last; five times, so that every sequence is asked about once, and never
 * after a copy of it was learnt. An area under
 * the ROC curve of one half is knowing nothing.
 */

import { kmerFeatures } from "../stats/features/kmer-features.ts";
import { chooseL2, type LabelledFeatures } from "../stats/logistic/choose-l2.ts";
import { predictLogistic } from "../stats/logistic/logistic-model.ts";
import { auroc } from "../stats/metrics/auroc.ts";
import { rankScores, walkRuns } from "../stats/metrics/ranked-scores.ts";
import type { Arms } from "./arms.ts";
import { blockCount, blockOf } from "./block-sums.ts";
import { compareArms, type ResampleOptions, type Statistic } from "./compare-arms.ts";
import { curve, type FigureName, figures, type MeasureResult } from "./figure.ts";

const FOLDS = 5;
const KMER = { length: 6, isStrandless: false } as const;
/** Sequences of each arm, at most: with more the fit takes minutes, and says little more. */
const MOST_SEQUENCES = 2000;
/** Fewer say nothing. */
const LEAST_SEQUENCES = 20;
const PENALTIES = [10_000, 1000, 100, 10];
const TOLERANCE = 1e-3;

const FIGURES: readonly FigureName[] = [
  ["auroc", "AUROC of telling it from the reference", "none", [0, 1]],
];
/** False positive rates of the ROC curve. */
const RATES: readonly number[] = Array.from({ length: 51 }, (_, i) => i / 50);

/** Undefined where there are too few sequences. */
export function compareDiscriminator(
  arms: Arms,
  options: ResampleOptions,
): MeasureResult | undefined {
  const size = arms.generated.length;
  if (size < LEAST_SEQUENCES) return undefined;
  const used = Math.min(size, MOST_SEQUENCES);
  const blocks = blockCount(used);
  const reference = arms.reference.slice(0, used);
  const statistic = (sequences: readonly Uint8Array[]): Statistic =>
    rocStatistic(sequences.slice(0, used), reference, blocks);
  const statistics = { generated: statistic(arms.generated), real: statistic(arms.real) };
  const numbers = compareArms(statistics, blocks, options);
  const notes = used < size ? [`Made with ${used} sequences of each set.`] : [];
  return {
    measure: "discriminator",
    blocks,
    figures: figures(FIGURES, numbers),
    details: [],
    curves: [curve("roc", "share", RATES, numbers.slice(1))],
    notes,
  };
}

/** AUROC, and true positive rates at `RATES`; the reference's sequences are the negatives. */
function rocStatistic(
  sequences: readonly Uint8Array[],
  reference: readonly Uint8Array[],
  blocks: number,
): Statistic {
  const all = [...sequences, ...reference];
  const isOwn = Int32Array.from(all, (_, row) => (row < sequences.length ? 1 : 0));
  const probabilities = crossValidated(all, isOwn);
  const scores = Float64Array.from(all, (_, row) => probabilities[2 * row + 1] as number);
  const area = auroc({ classes: ["reference", "own"], labels: isOwn, probabilities });
  const ranked = rankScores(scores);
  const isPositive = Uint8Array.from(isOwn);
  return (own, ofReference) => {
    const weights = Float64Array.from(all, (_, row) => {
      const weight = row < sequences.length ? own : ofReference;
      return weight[blockOf(row % sequences.length, sequences.length, blocks)] as number;
    });
    const points: (readonly [number, number])[] = [[0, 0]];
    let [positives, negatives] = [0, 0];
    walkRuns(ranked, isPositive, weights, (positivesHere, negativesHere) => {
      positives += positivesHere;
      negatives += negativesHere;
      points.push([negatives, positives]);
    });
    return Float64Array.of(area(weights) ?? Number.NaN, ...ratesAt(points));
  };
}

/** True positive rates at `RATES`, by straight lines between points (negatives, positives) that rise; the last is all of them. */
function ratesAt(points: readonly (readonly [number, number])[]): number[] {
  const [negatives, positives] = points.at(-1) as readonly [number, number];
  let next = 0;
  return RATES.map((rate) => {
    const wanted = rate * negatives;
    while (next < points.length - 1 && (points[next] as readonly [number, number])[0] <= wanted)
      next++;
    const [x1, y1] = points[next] as readonly [number, number];
    const [x0, y0] = points[Math.max(0, next - 1)] as readonly [number, number];
    const share = x1 > x0 ? Math.min(1, (wanted - x0) / (x1 - x0)) : 1;
    return (y0 + share * (y1 - y0)) / positives;
  });
}

/** Probabilities [rows, 2] of rows that were in no part of the fit; one half of the rows are the set's, the other the reference's. */
function crossValidated(ids: readonly Uint8Array[], labels: Int32Array): Float64Array {
  const out = new Float64Array(2 * ids.length);
  const rowsOf = (isIn: (fold: number) => boolean): number[] =>
    [...ids.keys()].filter((row) => isIn(blockOf(row % (ids.length / 2), ids.length / 2, FOLDS)));
  const pack = (rows: readonly number[]): LabelledFeatures => ({
    features: kmerFeatures(
      rows.map((row) => ids[row] as Uint8Array),
      KMER,
    ),
    labels: Int32Array.from(rows, (row) => labels[row] as number),
  });
  for (let fold = 0; fold < FOLDS; fold++) {
    const valid = (fold + 1) % FOLDS;
    const asked = rowsOf((one) => one === fold);
    const { model } = chooseL2(
      pack(rowsOf((one) => one !== fold && one !== valid)),
      pack(rowsOf((one) => one === valid)),
      2,
      { grid: PENALTIES, tolerance: TOLERANCE },
    );
    const predicted = predictLogistic(model, pack(asked).features);
    for (const [i, row] of asked.entries()) {
      out.set(predicted.subarray(2 * i, 2 * i + 2), 2 * row);
    }
  }
  return out;
}
