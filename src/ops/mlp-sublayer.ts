/** The second half of a pre-norm transformer block. */

import { MLP_SUBLAYER } from "../tensor/fused/mlp-sublayer.ts";
import { hasFused, isDifferentiated, runFused } from "../tensor/fused/run.ts";
import { tf } from "../tensor/tf.ts";
import { LAYER_NORM_EPSILON, layerNorm } from "./layer-norm.ts";
import { type MlpWeights, mlp } from "./mlp.ts";

/** Weights in PyTorch's layout. */
export interface MlpSublayerWeights extends MlpWeights {
  /** [width] */
  readonly gain: tf.Tensor1D;
}

/**
 * x + down(gelu(up(layerNorm(x)))).
 *
 * @param x [rows, width]
 * @returns [rows, width]
 */
export function mlpSublayer(x: tf.Tensor2D, weights: MlpSublayerWeights): tf.Tensor2D {
  if (hasFused(MLP_SUBLAYER)) {
    const attrs = { epsilon: LAYER_NORM_EPSILON, keep: isDifferentiated() };
    return runFused(MLP_SUBLAYER, { x, ...weights }, attrs)[0] as tf.Tensor2D;
  }
  return tf.add(x, mlp(layerNorm(x, weights.gain), weights)) as tf.Tensor2D;
}
