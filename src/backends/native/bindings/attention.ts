/** Which keys a query attends to; AttentionPattern of ops/ says what each means. */
export type NativeAttentionPattern = "full" | "causal" | "blocks" | "doubled-blocks";

/** What both passes of attention start with. */
export type AttentionSizes = [
  batch: number,
  heads: number,
  queries: number,
  keys: number,
  headWidth: number,
  pattern: NativeAttentionPattern,
  /** Positions of a block, 1 or more. */
  block: number,
  /** Position of the first query among the keys. */
  offset: number,
  /** [batch]: keys of a row that count, 1 or more. */
  lengths: Int32Array | undefined,
  /** Whether the operands of products are rounded to bfloat16. */
  bf16: boolean,
];

/** Tensors are [batch, heads, queries, headWidth] (q, out) or [batch, heads, keys, headWidth] (k, v). */
export interface AttentionBinding {
  /** out = softmax(q kᵀ / √headWidth) v over the keys that the pattern shows; lse [batch, heads, queries] = log Σ exp. */
  attentionForward(
    ...args: [
      ...sizes: AttentionSizes,
      q: Float32Array,
      k: Float32Array,
      v: Float32Array,
      out: Float32Array,
      lse: Int32Array | Float32Array | undefined,
    ]
  ): void;
  attentionBackward(
    ...args: [
      ...sizes: AttentionSizes,
      q: Float32Array,
      k: Float32Array,
      v: Float32Array,
      out: Float32Array,
      lse: Int32Array | Float32Array,
      dOut: Float32Array,
      dq: Float32Array,
      dk: Float32Array,
      dv: Float32Array,
    ]
  ): void;
  /** Rows [headWidth] turned by their position, row modulo `length`; back for the gradient. */
  rotary(
    rows: number,
    length: number,
    headWidth: number,
    x: Float32Array,
    /** [length, headWidth] */
    cos: Float32Array,
    sin: Float32Array,
    out: Float32Array,
    isBack: boolean,
  ): void;
}
