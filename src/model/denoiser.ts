/**
 * The transformer denoiser: the backbone and a head over A, C, G, T, and MASK where an objective has it predicted (MDLM, arXiv:2406.07524, section 3). Noise, losses
 * and samplers live outside.
 */

import { linear } from "../ops/linear.ts";
import { type ParamTree, param } from "../tensor/params.ts";
import { tf } from "../tensor/tf.ts";
import { MASK_ID } from "../tokens/alphabet.ts";
import { backbone, type RowFacts } from "./backbone.ts";
import { type DenoiserConfig, headWidthOf } from "./denoiser-config.ts";

/** What is known of the rows besides their ids. */
export interface DenoiserFacts extends Omit<RowFacts, "isDoubled"> {
  /**
   * [batch, length] the clean rows. A network of blocks reads them beside the noised ones, whose positions see their own block of
   * these and the clean blocks before it (BD3-LM, arXiv:2503.09573, section 3.2); no other network looks at them.
   */
  readonly clean?: tf.Tensor2D;
}

/**
 * Predicts the clean base at every position.
 *
 * @param ids [batch, length] int32 token ids, MASK among them
 * @returns logits [batch, length, head]; run it inside a tidy, it leaves intermediates to it
 */
export function denoiser(
  params: ParamTree,
  config: DenoiserConfig,
  ids: tf.Tensor2D,
  { clean, ...facts }: DenoiserFacts = {},
): tf.Tensor3D {
  const [batch, length] = ids.shape;
  const features =
    config.isShifted === true
      ? shiftedFeatures(params, config, ids, facts)
      : clean === undefined || config.attention !== "blocks"
        ? backbone(params, config, ids, facts)
        : noisedFeatures(params, config, [ids, clean], facts);
  const weight = param(params, "head.weight") as tf.Tensor2D;
  const logits = linear(features, weight, param(params, "head.bias") as tf.Tensor1D);
  return tf.reshape(logits, [batch, length, headWidthOf(config)]);
}

/** [batch · length, width]: of the beginning and of all positions but the last, which predict what stands behind them. */
function shiftedFeatures(
  params: ParamTree,
  config: DenoiserConfig,
  ids: tf.Tensor2D,
  { lengths, ...facts }: RowFacts = {},
): tf.Tensor2D {
  const [batch, length] = ids.shape;
  const { width } = config;
  const beginning = tf.fill([batch, 1], MASK_ID, "int32") as tf.Tensor2D;
  const features = backbone(params, config, tf.concat2d([beginning, ids], 1), {
    ...facts,
    ...(lengths === undefined ? {} : { lengths: lengths.map((bases) => bases + 1) }),
  });
  const rows = tf.reshape(features, [batch, length + 1, width]) as tf.Tensor3D;
  return tf.reshape(tf.slice3d(rows, [0, 0, 0], [batch, length, width]), [batch * length, width]);
}

/** Features of the noised copies, [batch · length, width], in one pass over both. */
function noisedFeatures(
  params: ParamTree,
  config: DenoiserConfig,
  copies: readonly [noised: tf.Tensor2D, clean: tf.Tensor2D],
  facts: RowFacts,
): tf.Tensor2D {
  const [batch, length] = copies[0].shape;
  const both = tf.concat2d([...copies], 1);
  const features = backbone(params, config, both, { ...facts, isDoubled: true });
  const noised = tf.slice2d(tf.reshape(features, [batch, -1]), [0, 0], [-1, length * config.width]);
  return tf.reshape(noised, [batch * length, config.width]);
}
