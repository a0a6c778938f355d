/**
 * The transformer denoiser: MDLM's DiT (arXiv:2406.07524, its models/dit.py) without time conditioning. Token
 * embedding, pre-norm blocks (LayerNorm without bias, fused qkv without bias, rotary attention over all positions,
 * GELU MLP with bias), a last LayerNorm and a head over A, C, G, T. Noise, losses and samplers live outside.
 */

import { attention, paddingScores } from "../ops/attention.ts";
import { embedding } from "../ops/embedding.ts";
import { layerNorm } from "../ops/layer-norm.ts";
import { linear } from "../ops/linear.ts";
import { mlpSublayer } from "../ops/mlp-sublayer.ts";
import { type RotaryTables, rotary, rotaryTables } from "../ops/rotary.ts";
import { type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";

/** Sizes of one call and the constants of its length. */
interface CallShape {
  readonly batch: number;
  readonly length: number;
  readonly heads: number;
  readonly tables: RotaryTables;
  readonly scores?: tf.Tensor4D;
}

/**
 * Predicts the clean base at every position.
 *
 * @param ids [batch, length] int32 token ids, MASK among them
 * @param lengths bases of each row where rows are padded on the right; what stands in the padding never matters
 * @returns logits [batch, length, 4]; run it inside a tidy, it leaves intermediates to it
 */
export function denoiser(
  params: ParamTree,
  config: DenoiserConfig,
  ids: tf.Tensor2D,
  lengths?: readonly number[],
): tf.Tensor3D {
  const [batch, length] = ids.shape;
  const { width, heads, layers } = config;
  const shape: CallShape = {
    batch,
    length,
    heads,
    tables: rotaryTables(length, width / heads),
    ...(lengths === undefined ? {} : { scores: paddingScores(lengths, length) }),
  };
  let x = embedding(ids, param(params, "embed.weight") as tf.Tensor2D); // [batch · length, width]
  for (let layer = 0; layer < layers; layer++) {
    // What a gradient needs is kept by its tape; the rest of a block goes with it.
    x = tf.tidy(() => block(params, `blocks.${layer}`, x, shape));
  }
  const normed = layerNorm(x, param(params, "norm.weight") as tf.Tensor1D);
  const logits = affine(params, "head", normed); // [batch · length, 4]
  return tf.reshape(logits, [batch, length, BASE_COUNT]);
}

function block(params: ParamTree, name: string, x: tf.Tensor2D, shape: CallShape): tf.Tensor2D {
  const gain1 = param(params, `${name}.norm1.weight`) as tf.Tensor1D;
  const mixed = mixPositions(params, name, layerNorm(x, gain1), shape);
  const afterAttention = tf.add(x, mixed) as tf.Tensor2D;
  return mlpSublayer(afterAttention, {
    gain: param(params, `${name}.norm2.weight`) as tf.Tensor1D,
    up: param(params, `${name}.up.weight`) as tf.Tensor2D,
    upBias: param(params, `${name}.up.bias`) as tf.Tensor1D,
    down: param(params, `${name}.down.weight`) as tf.Tensor2D,
    downBias: param(params, `${name}.down.bias`) as tf.Tensor1D,
  });
}

/** Attention with its projections; [rows, width] to [rows, width]. */
function mixPositions(
  params: ParamTree,
  name: string,
  x: tf.Tensor2D,
  shape: CallShape,
): tf.Tensor2D {
  const { batch, length, heads, tables, scores } = shape;
  const width = x.shape[1];
  const weight = param(params, `${name}.qkv.weight`) as tf.Tensor2D; // [3 · width, width]
  // Slicing the small weight instead of the large product spares a pass over the activations.
  const [q, k, v] = tf.split(weight, 3, 0).map((part) => {
    const projected = tf.reshape(linear(x, part as tf.Tensor2D), [
      batch,
      length,
      heads,
      width / heads,
    ]);
    return tf.transpose(projected, [0, 2, 1, 3]) as tf.Tensor4D; // [batch, heads, length, headWidth]
  }) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
  const mixed = attention(rotary(q, tables), rotary(k, tables), v, scores);
  const joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [
    batch * length,
    width,
  ]) as tf.Tensor2D;
  return linear(joined, param(params, `${name}.out.weight`) as tf.Tensor2D);
}

function affine(params: ParamTree, name: string, x: tf.Tensor2D): tf.Tensor2D {
  const weight = param(params, `${name}.weight`) as tf.Tensor2D;
  return linear(x, weight, param(params, `${name}.bias`) as tf.Tensor1D);
}
