/** What a classifier said of labelled sequences: the one input of all metrics. */

export interface Predictions {
  /** at least two, in the order of the columns; of two, the last is the positive one */
  readonly classes: readonly string[];
  /** [sequences] place of the true class in `classes` */
  readonly labels: Int32Array;
  /** [sequences, classes], rows sum to 1 */
  readonly probabilities: Float64Array;
}

/** The same of sequences whose classes may be unknown. */
export type PredictedScores = Omit<Predictions, "labels"> & Partial<Pick<Predictions, "labels">>;

/** Rows come from softmaxes in float32 too. */
const SUM_TOLERANCE = 1e-5;

/**
 * Checks that the parts of `predictions` fit each other.
 *
 * @throws {RangeError} on fewer than two classes, unequal lengths, a label that is no class, or a row that is no distribution
 */
export function checkPredictions(predictions: Predictions): void {
  const { labels, probabilities } = predictions;
  const classes = predictions.classes.length;
  if (classes < 2) throw new RangeError(`internal: expected two classes or more, got ${classes}`);
  if (probabilities.length !== labels.length * classes) {
    throw new RangeError(
      `internal: expected ${labels.length} × ${classes} probabilities, got ${probabilities.length}`,
    );
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (label < 0 || label >= classes) {
      throw new RangeError(`internal: expected labels in 0 … ${classes - 1}, got ${label} at ${i}`);
    }
  }
  const wrong = wrongRow(predictions);
  if (wrong !== undefined) {
    const { row, sum } = wrong;
    throw new RangeError(`internal: expected probabilities of sum 1 in row ${row}, got ${sum}`);
  }
}

/** The first row of probabilities that is no distribution, and its sum, which is NaN where one is below 0. */
export function wrongRow({
  classes: { length: classes },
  probabilities,
}: PredictedScores): { readonly row: number; readonly sum: number } | undefined {
  for (let row = 0; row < probabilities.length / classes; row++) {
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const p = probabilities[row * classes + c] as number;
      sum += p >= 0 ? p : Number.NaN;
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) return { row, sum };
  }
  return undefined;
}

/** Place of the most probable class of each sequence; of equal ones the first. Shape [sequences]. */
export function predictedLabels(predictions: PredictedScores): Int32Array {
  const { probabilities } = predictions;
  const classes = predictions.classes.length;
  return Int32Array.from({ length: probabilities.length / classes }, (_, i) => {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      const p = probabilities[i * classes + c] as number;
      if (p > (probabilities[i * classes + best] as number)) best = c;
    }
    return best;
  });
}

/** The predictions of some sequences, as copies; a place may stand in `places` more than once. */
export function selectPredictions(
  predictions: Predictions,
  places: ArrayLike<number>,
): Predictions {
  const { classes } = predictions;
  const labels = new Int32Array(places.length);
  const probabilities = new Float64Array(places.length * classes.length);
  for (let i = 0; i < places.length; i++) {
    const from = places[i] as number;
    labels[i] = predictions.labels[from] as number;
    const row = predictions.probabilities.subarray(
      from * classes.length,
      (from + 1) * classes.length,
    );
    probabilities.set(row, i * classes.length);
  }
  return { classes, labels, probabilities };
}
