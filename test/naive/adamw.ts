/** AdamW of one number in float64, in the words of arXiv:1711.05101, algorithm 2. */

export interface NaiveAdamW {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly weightDecay: number;
  readonly count: number;
  readonly gradientScale: number;
}

/** Returns the parameter and its first and second moment after update `count`. */
export function naiveAdamW(
  param: number,
  grad: number,
  mu: number,
  nu: number,
  { learningRate, beta1, beta2, weightDecay, count, gradientScale }: NaiveAdamW,
): readonly [param: number, mu: number, nu: number] {
  const g = grad * gradientScale;
  const nextMu = beta1 * mu + (1 - beta1) * g;
  const nextNu = beta2 * nu + (1 - beta2) * g * g;
  const unbiasedMu = nextMu / (1 - beta1 ** count);
  const unbiasedNu = nextNu / (1 - beta2 ** count);
  const step = unbiasedMu / (Math.sqrt(unbiasedNu) + 1e-8) + weightDecay * param;
  return [param - learningRate * step, nextMu, nextNu];
}
