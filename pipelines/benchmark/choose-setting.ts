/** Which setting a model is reported with: test sequences have no say in it. */

/** What a setting came to on validation, a value a seed. */
export interface SettingScore {
  readonly accuracies: readonly number[];
  /** Nats. */
  readonly losses: readonly number[];
}

/**
 * Returns the place of the setting of the highest mean accuracy; of equal ones the lower mean loss, then the first.
 *
 * @param scores at least one
 */
export function chooseSetting(scores: readonly SettingScore[]): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) {
    const [a, b] = [scores[i] as SettingScore, scores[best] as SettingScore];
    const gain = mean(a.accuracies) - mean(b.accuracies);
    if (gain > 0 || (gain === 0 && mean(a.losses) < mean(b.losses))) best = i;
  }
  return best;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
