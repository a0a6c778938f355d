/** Metrics of classifiers by their definitions: every sequence, and where it must be every pair, looked at by itself. */

export interface NaiveRow {
  readonly label: string;
  /** By class. */
  readonly p: Readonly<Record<string, number>>;
}

/** The most probable class; of equal ones the first. */
export function naivePredicted({ p }: NaiveRow, classes: readonly string[]): string {
  let best = classes[0] as string;
  for (const name of classes) if ((p[name] as number) > (p[best] as number)) best = name;
  return best;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Those that `metricsOf` gives; classes in their order, of two the last positive. */
export function naiveMetrics(rows: readonly NaiveRow[], classes: readonly string[]) {
  const predicted = rows.map((row) => naivePredicted(row, classes));
  const isHit = rows.map(({ label }, i) => label === predicted[i]);
  const count = (isMeant: (i: number) => boolean): number =>
    rows.filter((_, i) => isMeant(i)).length;
  const positives = classes.length === 2 ? classes.slice(1) : classes;
  const f1Of = (name: string): number => {
    const hits = count((i) => rows[i]?.label === name && predicted[i] === name);
    const wrong = count((i) => (rows[i]?.label === name) !== (predicted[i] === name));
    return (2 * hits) / (2 * hits + wrong);
  };
  return {
    sequences: rows.length,
    accuracy: mean(isHit.map(Number)),
    f1: mean(positives.map(f1Of)),
    matthews: naiveMatthews(rows, predicted, classes),
    auroc: mean(positives.map((name) => naiveAuroc(rows, name))),
    auprc: mean(positives.map((name) => naiveAveragePrecision(rows, name))),
    logLoss: mean(rows.map(({ label, p }) => -Math.log(p[label] as number))),
    brier: mean(
      rows.map(({ label, p }) =>
        positives.reduce((sum, c) => sum + ((p[c] as number) - Number(c === label)) ** 2, 0),
      ),
    ),
    confusion: classes.map((truth) =>
      classes.map((taken) => count((i) => rows[i]?.label === truth && predicted[i] === taken)),
    ),
    ...naiveCalibration(rows, predicted),
  };
}

/** Correlation of the one-hot labels with the one-hot predictions (Gorodkin 2004, its first form: covariances summed over classes). */
function naiveMatthews(
  rows: readonly NaiveRow[],
  predicted: readonly string[],
  classes: readonly string[],
): number {
  const covariance = (a: (i: number, c: string) => number, b: (i: number, c: string) => number) =>
    classes.reduce((sum, c) => {
      const [ofA, ofB] = [a, b].map((of) => mean(rows.map((_, i) => of(i, c))));
      const products = rows.map(
        (_, i) => (a(i, c) - (ofA as number)) * (b(i, c) - (ofB as number)),
      );
      return sum + mean(products);
    }, 0);
  const x = (i: number, c: string): number => Number(predicted[i] === c);
  const y = (i: number, c: string): number => Number(rows[i]?.label === c);
  const spread = covariance(x, x) * covariance(y, y);
  return spread > 0 ? covariance(x, y) / Math.sqrt(spread) : 0;
}

function naiveAuroc(rows: readonly NaiveRow[], name: string): number {
  let [right, pairs] = [0, 0];
  for (const a of rows) {
    for (const b of rows) {
      if (a.label !== name || b.label === name) continue;
      pairs++;
      const [high, low] = [a.p[name] as number, b.p[name] as number];
      right += high > low ? 1 : high === low ? 0.5 : 0;
    }
  }
  return right / pairs;
}

function naiveAveragePrecision(rows: readonly NaiveRow[], name: string): number {
  const positives = rows.filter(({ label }) => label === name);
  const precisions = positives.map(({ p }) => {
    const taken = rows.filter((other) => (other.p[name] as number) >= (p[name] as number));
    return taken.filter(({ label }) => label === name).length / taken.length;
  });
  return mean(precisions);
}

function naiveCalibration(rows: readonly NaiveRow[], predicted: readonly string[]) {
  const bins = 15;
  const reliability = Array.from({ length: bins }, (_, bin) => {
    const own = rows.flatMap((row, i) => {
      const confidence = row.p[predicted[i] as string] as number;
      const isHere = confidence * bins > bin && confidence * bins <= bin + 1;
      return isHere ? [{ confidence, isHit: Number(predicted[i] === row.label) }] : [];
    });
    return {
      ...{ from: bin / bins, to: (bin + 1) / bins, count: own.length },
      ...(own.length === 0
        ? {}
        : {
            confidence: mean(own.map((one) => one.confidence)),
            accuracy: mean(own.map((one) => one.isHit)),
          }),
    };
  });
  const ece = reliability.reduce(
    (sum, { count, confidence = 0, accuracy = 0 }) =>
      sum + (count / rows.length) * Math.abs(confidence - accuracy),
    0,
  );
  return { reliability, ece };
}
