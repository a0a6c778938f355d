/** Self-attention of a transformer block, without its norm and residual. */

import { tf } from "../tensor/tf.ts";
import { attention } from "./attention.ts";
import type { AttentionSublayerShape } from "./attention-sublayer.ts";
import { linear } from "./linear.ts";
import { rotary } from "./rotary.ts";

/** Weights in PyTorch's layout. */
export interface SelfAttentionWeights {
  /** [3 · width, width]: q, k and v, each head after head */
  readonly qkv: tf.Tensor2D;
  /** [width, width] */
  readonly out: tf.Tensor2D;
}

/** Keys, rotated, and values, each [batch, heads, positions, headWidth]. */
export interface KeysValues {
  readonly k: tf.Tensor4D;
  readonly v: tf.Tensor4D;
}

/**
 * out(attention(rotary(q), rotary(k), v)) with q, k, v = qkv(x), over the positions of the pattern.
 *
 * @param x [batch · length, width]
 * @returns [batch · length, width]
 */
export function selfAttention(
  x: tf.Tensor2D,
  { qkv, out }: SelfAttentionWeights,
  { batch, length, heads, tables, lengths, pattern, extend }: AttentionSublayerShape,
): tf.Tensor2D {
  const width = x.shape[1];
  // Slicing the small weight instead of the large product spares a pass over the activations.
  const [q, k, v] = tf.split(qkv, 3, 0).map((part) => {
    const projected = tf.reshape(linear(x, part as tf.Tensor2D), [
      batch,
      length,
      heads,
      width / heads,
    ]);
    return tf.transpose(projected, [0, 2, 1, 3]) as tf.Tensor4D; // [batch, heads, length, headWidth]
  }) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
  const options = {
    ...(lengths === undefined ? {} : { lengths }),
    ...(pattern === undefined ? {} : { pattern }),
  };
  const own = { k: rotary(k, tables), v };
  const seen = extend === undefined ? own : extend(own);
  const mixed = attention(rotary(q, tables), seen.k, seen.v, options);
  const joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [
    batch * length,
    width,
  ]) as tf.Tensor2D;
  return linear(joined, out);
}
