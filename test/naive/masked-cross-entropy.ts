/** Weighted cross-entropy of four logits a row, in float64 nats. */

/** @param logits [rows, 4]; rows of weight 0 are not looked at */
export function naiveMaskedCrossEntropy(
  logits: ArrayLike<number>,
  x0: ArrayLike<number>,
  weight: ArrayLike<number>,
): number {
  let nats = 0;
  for (let row = 0; row < weight.length; row++) {
    if (weight[row] === 0) continue;
    const four = [0, 1, 2, 3].map((base) => logits[4 * row + base] as number);
    const max = Math.max(...four);
    const total = four.reduce((sum, logit) => sum + Math.exp(logit - max), 0);
    const logProb = (four[x0[row] as number] as number) - max - Math.log(total);
    nats -= (weight[row] as number) * logProb;
  }
  return nats;
}
