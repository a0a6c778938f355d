/** Attention that never holds [queries, keys] as one kernel, and its gradient as another. */

import type { tf } from "../tf.ts";
import { type Attributes, runFused } from "./run.ts";

/** A pattern (ops/attention-pattern.ts) and the lengths of padded rows, as attributes. */
export interface PatternAttributes {
  readonly pattern: "full" | "causal" | "blocks" | "doubled-blocks";
  /** Positions of a block; 1 where the pattern has none. */
  readonly block: number;
  /** Keys before the first query. */
  readonly offset: number;
  /** Of each batch row; absent where no row is padded. */
  readonly lengths?: readonly number[];
}

/**
 * Inputs q [batch, heads, queries, headWidth], k and v [batch, heads, keys, headWidth]; attributes `pattern` ("full",
 * "causal", "blocks", "doubled-blocks"), `block` (1 or more), `offset`, `lengths` (absent, or one a row) and `keep`,
 * whether a gradient will follow. Outputs [batch, heads, queries, headWidth] and, with `keep`, what the gradient needs.
 */
export const ATTENTION = "GdiffAttention";

/** Inputs and attributes of ATTENTION, its outputs `out` and `kept`, and `dOut`; outputs the gradients of q, k and v. */
export const ATTENTION_GRAD = "GdiffAttentionGrad";

export const ATTENTION_GRADIENT: tf.GradConfig = {
  kernelName: ATTENTION,
  inputsToSave: ["q", "k", "v"],
  outputsToSave: [true, true],
  gradFunc: (dys, saved, attrs) => {
    const [dOut] = dys as [tf.Tensor];
    const [q, k, v, out, kept] = saved as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const [dq, dk, dv] = runFused(
      ATTENTION_GRAD,
      { q, k, v, out, kept, dOut },
      attrs as Attributes,
    ) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return { q: () => dq, k: () => dk, v: () => dv };
  },
};
