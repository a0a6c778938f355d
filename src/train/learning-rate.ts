/** Learning rate by step: linear warm-up, then half a cosine down to a floor. */

export interface LearningRateSchedule {
  /** Highest rate. */
  readonly peak: number;
  /** Steps of linear warm-up; the first step has peak / warmup. */
  readonly warmup: number;
  /** Steps of the whole run; the floor is reached at the last. */
  readonly steps: number;
  /** Floor as a share of the peak. */
  readonly minRatio: number;
}

/** Rate of update `step`, counted from 0. */
export function learningRate(
  { peak, warmup, steps, minRatio }: LearningRateSchedule,
  step: number,
): number {
  if (step < warmup) return (peak * (step + 1)) / warmup;
  const progress = Math.min(1, (step - warmup) / Math.max(1, steps - 1 - warmup));
  return peak * (minRatio + (1 - minRatio) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
