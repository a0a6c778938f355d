/** Softmax attention in float64 and its gradient; keys that are not seen are not looked at. */

export interface AttentionShape {
  readonly batch: number;
  readonly heads: number;
  /** Queries. */
  readonly length: number;
  /** As many as queries when absent. */
  readonly keys?: number;
  readonly headWidth: number;
  /** Keys of each row of the batch that count; all of them when absent. */
  readonly lengths?: readonly number[];
  /** Whether a query attends to a key in a row of `length`; to those below `length` when absent. */
  readonly sees?: (query: number, key: number, length: number) => boolean;
}

type Numbers = ArrayLike<number>;

/** Softmax weights of one query of row `row` of batch · heads, 0 where it does not look. */
function weightsOf(
  q: Numbers,
  k: Numbers,
  row: number,
  query: number,
  shape: AttentionShape,
): Float64Array {
  const { heads, length, headWidth, lengths, sees = (_, key, count) => key < count } = shape;
  const keys = shape.keys ?? length;
  const count = lengths?.[Math.floor(row / heads)] ?? keys;
  const scores = new Float64Array(keys).fill(Number.NEGATIVE_INFINITY);
  for (let key = 0; key < keys; key++) {
    if (!sees(query, key, count)) continue;
    let product = 0;
    for (let i = 0; i < headWidth; i++)
      product +=
        (q[(row * length + query) * headWidth + i] as number) *
        (k[(row * keys + key) * headWidth + i] as number);
    scores[key] = product / Math.sqrt(headWidth);
  }
  const max = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - max));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** @param q [batch, heads, length, headWidth] and so the result; `k`, `v` [batch, heads, keys, headWidth] */
export function naiveAttention(
  q: Numbers,
  k: Numbers,
  v: Numbers,
  shape: AttentionShape,
): Float64Array {
  const { batch, heads, length, headWidth } = shape;
  const keys = shape.keys ?? length;
  const out = new Float64Array(q.length);
  for (let row = 0; row < batch * heads; row++) {
    for (let query = 0; query < length; query++) {
      const weights = weightsOf(q, k, row, query, shape);
      const at = (row * length + query) * headWidth;
      for (let key = 0; key < keys; key++) {
        if (weights[key] === 0) continue; // what stands there does not matter, NaN neither
        for (let i = 0; i < headWidth; i++)
          out[at + i] =
            (out[at + i] as number) +
            (weights[key] as number) * (v[(row * keys + key) * headWidth + i] as number);
      }
    }
  }
  return out;
}

/** Gradients of Σ dOut · attention(q, k, v), by the chain rule written out. */
export function naiveAttentionGradients(
  q: Numbers,
  k: Numbers,
  v: Numbers,
  dOut: Numbers,
  shape: AttentionShape,
): { dq: Float64Array; dk: Float64Array; dv: Float64Array } {
  const { batch, heads, length, headWidth } = shape;
  const keys = shape.keys ?? length;
  const [dq, dk, dv] = [q, k, v].map((x) => new Float64Array(x.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const add = (to: Float64Array, at: number, value: number): void => {
    to[at] = (to[at] as number) + value;
  };
  for (let row = 0; row < batch * heads; row++) {
    for (let query = 0; query < length; query++) {
      const weights = weightsOf(q, k, row, query, shape);
      const at = (row * length + query) * headWidth;
      const dWeights = weights.map((weight, key) => {
        let sum = 0;
        for (let i = 0; weight > 0 && i < headWidth; i++)
          sum += (dOut[at + i] as number) * (v[(row * keys + key) * headWidth + i] as number);
        return sum;
      });
      const mean = weights.reduce((sum, w, key) => sum + w * (dWeights[key] as number), 0);
      for (let key = 0; key < keys; key++) {
        const weight = weights[key] as number;
        const dScore = (weight * ((dWeights[key] as number) - mean)) / Math.sqrt(headWidth);
        const there = (row * keys + key) * headWidth;
        for (let i = 0; weight > 0 && i < headWidth; i++) {
          add(dq, at + i, dScore * (k[there + i] as number));
          add(dk, there + i, dScore * (q[at + i] as number));
          add(dv, there + i, weight * (dOut[at + i] as number));
        }
      }
    }
  }
  return { dq, dk, dv };
}
