/** Softmax attention in float64; keys in the padding are not looked at. */

export interface AttentionShape {
  readonly batch: number;
  readonly heads: number;
  readonly length: number;
  readonly headWidth: number;
  /** Keys of each row of the batch that count; all of them when absent. */
  readonly lengths?: readonly number[];
}

/** @param q [batch, heads, length, headWidth]; `k`, `v` and the result alike */
export function naiveAttention(
  q: ArrayLike<number>,
  k: ArrayLike<number>,
  v: ArrayLike<number>,
  { batch, heads, length, headWidth, lengths }: AttentionShape,
): Float64Array {
  const out = new Float64Array(q.length);
  for (let row = 0; row < batch * heads; row++) {
    const keys = lengths?.[Math.floor(row / heads)] ?? length;
    const at = (position: number): number => (row * length + position) * headWidth;
    for (let query = 0; query < length; query++) {
      const scores = new Float64Array(keys);
      for (let key = 0; key < keys; key++) {
        let product = 0;
        for (let i = 0; i < headWidth; i++)
          product += (q[at(query) + i] as number) * (k[at(key) + i] as number);
        scores[key] = product / Math.sqrt(headWidth);
      }
      const max = Math.max(...scores);
      const weights = scores.map((score) => Math.exp(score - max));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      for (let key = 0; key < keys; key++) {
        for (let i = 0; i < headWidth; i++)
          out[at(query) + i] =
            (out[at(query) + i] as number) +
            ((weights[key] as number) / total) * (v[at(key) + i] as number);
      }
    }
  }
  return out;
}
