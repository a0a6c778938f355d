/**
 * The transformer denoiser: MDLM's DiT (arXiv:2406.07524, its models/dit.py) without time conditioning. Token
 * embedding, pre-norm blocks (LayerNorm without bias, fused qkv without bias, rotary attention over all positions,
 * GELU MLP with bias), a last LayerNorm and a head over A, C, G, T. Noise, losses and samplers live outside.
 */

import { type AttentionSublayerShape, attentionSublayer } from "../ops/attention-sublayer.ts";
import { embedding } from "../ops/embedding.ts";
import { layerNorm } from "../ops/layer-norm.ts";
import { linear } from "../ops/linear.ts";
import { mlpSublayer } from "../ops/mlp-sublayer.ts";
import { rotaryTables } from "../ops/rotary.ts";
import { type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";

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
  const shape: AttentionSublayerShape = {
    batch,
    length,
    heads,
    tables: rotaryTables(length, width / heads),
    ...(lengths === undefined ? {} : { lengths }),
  };
  let x = embedding(ids, param(params, "embed.weight") as tf.Tensor2D); // [batch · length, width]
  for (let layer = 0; layer < layers; layer++) {
    // What a gradient needs is kept by its tape; the rest of a block goes with it, and then what came in.
    const before = x;
    x = tf.tidy(() => block(params, `blocks.${layer}`, before, shape));
    before.dispose();
  }
  const normed = layerNorm(x, param(params, "norm.weight") as tf.Tensor1D);
  const logits = affine(params, "head", normed); // [batch · length, 4]
  return tf.reshape(logits, [batch, length, BASE_COUNT]);
}

function block(
  params: ParamTree,
  name: string,
  x: tf.Tensor2D,
  shape: AttentionSublayerShape,
): tf.Tensor2D {
  const weights = {
    gain: param(params, `${name}.norm1.weight`) as tf.Tensor1D,
    qkv: param(params, `${name}.qkv.weight`) as tf.Tensor2D, // [3 · width, width]
    out: param(params, `${name}.out.weight`) as tf.Tensor2D,
  };
  const afterAttention = attentionSublayer(x, weights, shape);
  return mlpSublayer(afterAttention, {
    gain: param(params, `${name}.norm2.weight`) as tf.Tensor1D,
    up: param(params, `${name}.up.weight`) as tf.Tensor2D,
    upBias: param(params, `${name}.up.bias`) as tf.Tensor1D,
    down: param(params, `${name}.down.weight`) as tf.Tensor2D,
    downBias: param(params, `${name}.down.bias`) as tf.Tensor1D,
  });
}

function affine(params: ParamTree, name: string, x: tf.Tensor2D): tf.Tensor2D {
  const weight = param(params, `${name}.weight`) as tf.Tensor2D;
  return linear(x, weight, param(params, `${name}.bias`) as tf.Tensor1D);
}
