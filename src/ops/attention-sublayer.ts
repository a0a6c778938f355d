/** The first half of a pre-norm transformer block. */

import { ATTENTION_SUBLAYER } from "../tensor/fused/attention-sublayer.ts";
import { hasFused, isDifferentiated, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";
import { type AttentionPattern, patternAttributes } from "./attention-pattern.ts";
import { LAYER_NORM_EPSILON, layerNorm } from "./layer-norm.ts";
import type { RotaryTables } from "./rotary.ts";
import { expectRowLengths } from "./row-lengths.ts";
import { type KeysValues, type SelfAttentionWeights, selfAttention } from "./self-attention.ts";

/** Weights in PyTorch's layout. */
export interface AttentionSublayerWeights extends SelfAttentionWeights {
  /** [width] */
  readonly gain: tf.Tensor1D;
}

export interface AttentionSublayerShape {
  readonly batch: number;
  readonly length: number;
  readonly heads: number;
  /** Of these positions and width / heads. */
  readonly tables: RotaryTables;
  /** Keys that count in each row of the batch, 1 or more, where rows are padded on the right. */
  readonly lengths?: readonly number[];
  /** Full if absent. */
  readonly pattern?: AttentionPattern;
  /** Puts the keys and values of positions before these in front of their own; the pattern's offset counts them. */
  readonly extend?: (own: KeysValues) => KeysValues;
}

/**
 * x + out(attention(rotary(q), rotary(k), v)) with q, k, v = qkv(layerNorm(x)), over the positions of the pattern.
 *
 * @param x [batch · length, width]
 * @returns [batch · length, width]
 * @throws {ShapeError} when a row has no key that counts, or more than there are
 */
export function attentionSublayer(
  x: tf.Tensor2D,
  weights: AttentionSublayerWeights,
  shape: AttentionSublayerShape,
): tf.Tensor2D {
  const { batch, length, heads, tables, lengths, pattern = { kind: "full" }, extend } = shape;
  if (lengths !== undefined) expectRowLengths("attention", lengths, batch, length);
  if (extend === undefined && hasFused(ATTENTION_SUBLAYER)) {
    const { cos, sin } = tables;
    const attrs = {
      ...patternAttributes(pattern, lengths),
      batch,
      length,
      heads,
      epsilon: LAYER_NORM_EPSILON,
      keep: isDifferentiated(),
    };
    return runFused(ATTENTION_SUBLAYER, { x, ...weights, cos, sin }, attrs)[0] as tf.Tensor2D;
  }
  return tf.add(x, selfAttention(layerNorm(x, weights.gain), weights, shape)) as tf.Tensor2D;
}
