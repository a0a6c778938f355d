/**
 * The transformer backbone: MDLM's DiT (arXiv:2406.07524, its models/dit.py) without time conditioning. Token
 * embedding, pre-norm blocks (LayerNorm without bias, fused qkv without bias, rotary attention over all positions,
 * GELU MLP with bias) and a last LayerNorm. Heads stand in the files that use it.
 */

import { type AttentionSublayerShape, attentionSublayer } from "../ops/attention-sublayer.ts";
import { embedding } from "../ops/embedding.ts";
import { layerNorm } from "../ops/layer-norm.ts";
import { mlpSublayer } from "../ops/mlp-sublayer.ts";
import { rotaryTables } from "../ops/rotary.ts";
import { type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";

/** What all blocks of one pass share. */
export interface BackbonePass {
  readonly config: DenoiserConfig;
  readonly shape: AttentionSublayerShape;
}

/**
 * Prepares a pass over rows of `length` positions; its tables belong to the tidy around.
 *
 * @param lengths bases of each row where rows are padded on the right; what stands in the padding never matters
 */
export function backbonePass(
  config: DenoiserConfig,
  [batch, length]: readonly [batch: number, length: number],
  lengths?: readonly number[],
): BackbonePass {
  const { width, heads } = config;
  const tables = rotaryTables(length, width / heads);
  const shape = { batch, length, heads, tables, ...(lengths === undefined ? {} : { lengths }) };
  return { config, shape };
}

/**
 * Describes every position by its features.
 *
 * @param ids [batch, length] int32 token ids
 * @param lengths as in `backbonePass`
 * @returns [batch · length, width]; run it inside a tidy, it leaves intermediates to it
 */
export function backbone(
  params: ParamTree,
  config: DenoiserConfig,
  ids: tf.Tensor2D,
  lengths?: readonly number[],
): tf.Tensor2D {
  const pass = backbonePass(config, ids.shape, lengths);
  const x = blocks(params, pass, embedding(ids, embedWeight(params)), 0, config.layers);
  return layerNorm(x, param(params, "norm.weight") as tf.Tensor1D);
}

/** The features before block `layer`, [batch · length, width]: the part of the backbone that stays as it is where only the last blocks are tuned. */
export function lowerBackbone(
  params: ParamTree,
  pass: BackbonePass,
  ids: tf.Tensor2D,
  layer: number,
): tf.Tensor2D {
  return blocks(params, pass, embedding(ids, embedWeight(params)), 0, layer);
}

/** The rest of the backbone from block `layer` on; `x` is disposed. */
export function upperBackbone(
  params: ParamTree,
  pass: BackbonePass,
  x: tf.Tensor2D,
  layer: number,
): tf.Tensor2D {
  const features = blocks(params, pass, x, layer, pass.config.layers);
  return layerNorm(features, param(params, "norm.weight") as tf.Tensor1D);
}

function embedWeight(params: ParamTree): tf.Tensor2D {
  return param(params, "embed.weight") as tf.Tensor2D;
}

/** Blocks `from` up to but not including `to`; disposes what came in, and what each leaves behind. */
function blocks(
  params: ParamTree,
  { shape }: BackbonePass,
  input: tf.Tensor2D,
  from: number,
  to: number,
): tf.Tensor2D {
  let x = input;
  for (let layer = from; layer < to; layer++) {
    // What a gradient needs is kept by its tape; the rest of a block goes with it, and then what came in.
    const before = x;
    x = tf.tidy(() => block(params, `blocks.${layer}`, before, shape));
    before.dispose();
  }
  return x;
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
