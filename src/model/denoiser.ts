/**
 * The transformer denoiser: the backbone and a head over A, C, G, T (MDLM, arXiv:2406.07524, section 3). Noise, losses
 * and samplers live outside.
 */

import { linear } from "../ops/linear.ts";
import { type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { BASE_COUNT } from "../tokens/alphabet.ts";
import { backbone, type RowFacts } from "./backbone.ts";
import type { DenoiserConfig } from "./denoiser-config.ts";

/**
 * Predicts the clean base at every position.
 *
 * @param ids [batch, length] int32 token ids, MASK among them
 * @returns logits [batch, length, 4]; run it inside a tidy, it leaves intermediates to it
 */
export function denoiser(
  params: ParamTree,
  config: DenoiserConfig,
  ids: tf.Tensor2D,
  facts?: RowFacts,
): tf.Tensor3D {
  const [batch, length] = ids.shape;
  const features = backbone(params, config, ids, facts);
  const weight = param(params, "head.weight") as tf.Tensor2D;
  const logits = linear(features, weight, param(params, "head.bias") as tf.Tensor1D);
  return tf.reshape(logits, [batch, length, BASE_COUNT]);
}
