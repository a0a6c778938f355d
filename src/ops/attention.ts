/** Softmax attention: Vaswani et al., arXiv:1706.03762, equation 1. */

import { ATTENTION } from "../tensor/fused/attention.ts";
import { hasFused, isDifferentiated, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";
import { type AttentionPattern, patternAttributes, patternScores } from "./attention-pattern.ts";
import { expectRowLengths } from "./row-lengths.ts";

export interface AttentionOptions {
  /** Keys that count in each row of the batch, 1 or more, where rows are padded on the right. */
  readonly lengths?: readonly number[];
  /** Full if absent. */
  readonly pattern?: AttentionPattern;
}

const FULL: AttentionPattern = { kind: "full" };

/**
 * softmax(q kᵀ / √headWidth) v over the keys that a query attends to.
 *
 * @param q [batch, heads, queries, headWidth]
 * @param k [batch, heads, keys, headWidth]; `v` alike
 * @returns [batch, heads, queries, headWidth]
 * @throws {ShapeError} when a row has no key that counts, or more than there are
 */
export function attention(
  q: tf.Tensor4D,
  k: tf.Tensor4D,
  v: tf.Tensor4D,
  { lengths, pattern = FULL }: AttentionOptions = {},
): tf.Tensor4D {
  if (lengths !== undefined) {
    const most = pattern.kind === "doubled-blocks" ? k.shape[2] / 2 : k.shape[2];
    expectRowLengths("attention", lengths, q.shape[0], most);
  }
  if (hasFused(ATTENTION)) {
    const attrs = { ...patternAttributes(pattern, lengths), keep: isDifferentiated() };
    return runFused(ATTENTION, { q, k, v }, attrs)[0] as tf.Tensor4D;
  }
  const sizes = { batch: q.shape[0], queries: q.shape[2], keys: k.shape[2] };
  const scores = patternScores(pattern, lengths, sizes);
  const scaled = tf.mul(q, 1 / Math.sqrt(q.shape[3])) as tf.Tensor4D;
  const products = tf.matMul(scaled, k, false, true); // [batch, heads, queries, keys]
  const weights = tf.softmax(scores === undefined ? products : tf.add(products, scores));
  return tf.matMul(weights, v) as tf.Tensor4D;
}
